import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import {
  type EndpointSlice,
  endpointSlice,
  leaving,
  ready,
} from '@guichet/testing/kubernetes/endpoint-slice';
import { type KubeApiFake, startKubeApiFake } from '@guichet/testing/kubernetes/kube-api-fake';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectKubernetesDiscovery, type KubernetesDiscovery } from './kubernetes-discovery.ts';

const pauses = { firstMs: 20, longestMs: 200 };
const closing: (() => Promise<unknown>)[] = [];
let api: KubeApiFake;

beforeEach(async () => {
  api = await startKubeApiFake();
  closing.push(() => api.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const pods = (...addresses: string[]): EndpointSlice['endpoints'] =>
  addresses.map((address) => ({ addresses: [address], conditions: ready }));

async function connect({ kubeconfig = api.kubeconfig(), startMs = 20_000, prefix = '' } = {}) {
  const metrics = createMetrics({ service: 'gateway' });
  const logger = createLogger({ service: 'gateway', level: 'silent' });
  const warned = vi.spyOn(logger, 'warn');
  const informed = vi.spyOn(logger, 'info');
  const settings = {
    kubeconfig,
    prefix,
    startMs,
    selector: 'kubernetes.io/service-name',
    managementPort: 9080,
  };
  const discovery = await connectKubernetesDiscovery({ settings, logger, metrics, pauses });
  closing.push(() => discovery.services.close());
  const metric = async (name: string) =>
    (await metrics.registry.getSingleMetric(name)?.get())?.values ?? [];
  return { ...discovery, warned, informed, metric };
}

const known = ({ services }: KubernetesDiscovery, service = 'catalog') =>
  services.addresses(service).map(({ hostname }) => hostname);
const untilKnown = (discovery: KubernetesDiscovery, ...addresses: string[]) =>
  vi.waitFor(() => expect(known(discovery)).toEqual(addresses), { timeout: 20_000 });
const untilWatched = () => vi.waitFor(() => expect(api.watches()).toBe(1), { timeout: 20_000 });
const verbs = () => api.requests.map(({ verb }) => verb);

test('knows what is there once it has begun, and hears of every change', async () => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  const changed: string[] = [];
  const end = discovery.services.onChange((service) => changed.push(service));
  expect(known(discovery)).toEqual(['10.0.0.1']);

  await untilWatched();
  api.put(endpointSlice('catalog', pods('10.0.0.1', '10.0.0.2')));
  await untilKnown(discovery, '10.0.0.1', '10.0.0.2');
  const going = { addresses: ['10.0.0.1'], conditions: leaving };
  api.put(endpointSlice('catalog', [going, ...pods('10.0.0.2')]));
  await untilKnown(discovery, '10.0.0.2');
  api.put(endpointSlice('catalog', pods('10.0.0.3'), { name: 'catalog-2' }));
  await untilKnown(discovery, '10.0.0.2', '10.0.0.3');
  api.remove('catalog');
  await untilKnown(discovery, '10.0.0.3');

  expect(changed).toEqual(Array(4).fill('catalog'));
  end();
  api.remove('catalog-2');
  await untilKnown(discovery);
  expect(changed).toHaveLength(4);
});

test('a service is managed at the port of that name, else at the agreed one', async () => {
  const ports = [
    { name: 'http', port: 8080 },
    { name: 'management', port: 9999 },
  ];
  api.put(endpointSlice('blue-catalog', pods('10.0.0.1'), { ports }));
  api.put(endpointSlice('blue-payment', pods('10.0.0.2')));
  const { management, metric } = await connect({ prefix: 'blue-' });

  expect(management.addresses('catalog').map(String)).toEqual(['http://10.0.0.1:9999/']);
  expect(management.addresses('payment').map(String)).toEqual(['http://10.0.0.2:9080/']);
  expect(await metric('guichet_discovery_endpoints')).toEqual([
    expect.objectContaining({ labels: { to: 'catalog' }, value: 1 }),
    expect.objectContaining({ labels: { to: 'payment' }, value: 1 }),
  ]);
});

test('where nothing is found, what was looked for is said', async () => {
  api.put(endpointSlice('green-catalog', pods('10.0.0.1')));
  const { warned, services } = await connect({ prefix: 'blue-' });

  expect(services.addresses('catalog')).toEqual([]);
  expect(warned.mock.calls.map((call) => call.at(-1))).toEqual([
    'Nothing is found yet: no EndpointSlice in namespace guichet with the label kubernetes.io/service-name has a port named http and belongs to a Service whose name begins with "blue-".',
  ]);
});

test('goes on from the version it last heard of, and misses nothing between two watches', async () => {
  const discovery = await connect();
  await untilWatched();
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  await untilKnown(discovery, '10.0.0.1');
  const version = api.version();

  api.endWatches();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');

  expect(verbs()).toEqual(['list', 'watch', 'watch']);
  expect(api.requests.at(-1)?.version).toBe(version);
});

test('a bookmark spares the list after a quiet time', async () => {
  const discovery = await connect();
  await untilWatched();

  api.forget();
  api.bookmark();
  api.endWatches();
  await vi.waitFor(() => expect(verbs()).toHaveLength(3), { timeout: 20_000 });
  await untilWatched();
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  await untilKnown(discovery, '10.0.0.1');

  expect(verbs()).toEqual(['list', 'watch', 'watch']);
});

test('lists anew where the history is gone (410), which is no reason to warn', async () => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  api.put(endpointSlice('payment', pods('10.0.0.5')));
  const discovery = await connect();
  await untilWatched();

  api.endWatches();
  api.remove('payment');
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  api.forget();
  await untilKnown(discovery, '10.0.0.2');

  expect(known(discovery, 'payment')).toEqual([]);
  expect(verbs().slice(0, 4)).toEqual(['list', 'watch', 'watch', 'list']);
  expect(discovery.warned).not.toHaveBeenCalled();
});

test('lives through an outage of the API server with what it last knew, and says so once', async () => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched();

  await api.stop();
  await vi.waitFor(() => expect(discovery.warned).toHaveBeenCalled(), { timeout: 20_000 });
  // Longer than the longest pause: it has tried several times by then.
  await sleep(pauses.longestMs * 3);
  expect(known(discovery)).toEqual(['10.0.0.1']);
  const [age] = await discovery.metric('guichet_discovery_age_seconds');
  expect(age?.value).toBeGreaterThan((pauses.longestMs * 2) / 1_000);

  api.put(endpointSlice('catalog', pods('10.0.0.1', '10.0.0.2')));
  await api.start();
  await untilKnown(discovery, '10.0.0.1', '10.0.0.2');

  expect(discovery.warned.mock.calls.map((call) => call.at(-1))).toEqual([
    expect.stringMatching(
      /API server at http.* cannot be asked to watch .*ECONNREFUSED.*last known/,
    ),
  ]);
  expect(discovery.informed.mock.calls.map((call) => call.at(-1))).toEqual([
    'EndpointSlices are followed',
    'EndpointSlices are followed again',
  ]);
});

test('a watch that breaks and is back at once is not worth a word', async () => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched();

  api.breakWatches();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');

  expect(verbs()).toEqual(['list', 'watch', 'watch']);
  expect(discovery.warned).not.toHaveBeenCalled();
});

test('a list that fails after a lost history empties nothing', async () => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched();

  api.forbid('list');
  api.forget();
  api.endWatches();
  await vi.waitFor(() => expect(discovery.warned).toHaveBeenCalled(), { timeout: 20_000 });
  expect(known(discovery)).toEqual(['10.0.0.1']);

  api.allow();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');
});

test('a connection that has gone silent is given up, and the next one taken', async () => {
  const proxy = await startFaultProxy(api.url);
  closing.push(() => proxy.close());
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect({ kubeconfig: api.kubeconfig(`http://127.0.0.1:${proxy.port}`) });
  await untilWatched();

  proxy.silence();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await sleep(500);
  expect(known(discovery)).toEqual(['10.0.0.1']);

  await vi.waitFor(() => expect(known(discovery)).toEqual(['10.0.0.2']), { timeout: 100_000 });
}, 120_000);

describe('what is missing at the start is said in a sentence', () => {
  test.each(['list', 'watch'] as const)('that the Role lacks %s', async (verb) => {
    api.put(endpointSlice('catalog', pods('10.0.0.1')));
    api.forbid(verb);
    const sentence = `Kubernetes forbids this service account to ${verb} endpointslices (discovery.k8s.io) in namespace guichet: bind it there to a Role with the verbs get, list and watch on them.`;

    if (verb === 'list') {
      await expect(connect({ startMs: 4_000 })).rejects.toThrow(sentence);
      return;
    }
    // A list alone is worth having: it is asked for again and again, until changes may be watched.
    const discovery = await connect();
    await vi.waitFor(() => expect(discovery.warned).toHaveBeenCalled(), { timeout: 20_000 });
    expect(discovery.warned.mock.calls[0]?.at(-1)).toContain(sentence);
    api.put(endpointSlice('catalog', pods('10.0.0.2')));
    await untilKnown(discovery, '10.0.0.2');
  });

  test('that nothing answers', async () => {
    await api.stop();

    await expect(connect({ startMs: 4_000 })).rejects.toThrow(
      `Kubernetes' API server at ${api.url} cannot be asked to list endpointslices (discovery.k8s.io) in namespace guichet (ECONNREFUSED): see that it is up, and that network policies let this pod reach it. Waited 4 s for it.`,
    );
  });

  test('that there is no service account', async () => {
    await expect(connect({ kubeconfig: '' })).rejects.toThrow('automountServiceAccountToken: true');
  });

  test('that a kubeconfig is none', async () => {
    await expect(connect({ kubeconfig: import.meta.filename })).rejects.toThrow(
      'which is no kubeconfig that can be read',
    );
  });
});

test('waits for an API server that comes a little later', async () => {
  await api.stop();
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const connecting = connect();
  await sleep(200);
  await api.start();

  expect(known(await connecting)).toEqual(['10.0.0.1']);
});
