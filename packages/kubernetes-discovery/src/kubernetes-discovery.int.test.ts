import { setTimeout as sleep } from 'node:timers/promises';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { endpointSlice, leaving } from '@guichet/testing/kubernetes/endpoint-slice';
import type { KubeApiFake } from '@guichet/testing/kubernetes/kube-api-fake';
import { expect, onTestFinished, vi } from 'vitest';
import {
  known,
  pauses,
  pods,
  test,
  untilKnown,
  untilWatched,
} from './kubernetes-discovery-test.ts';

const verbs = ({ requests }: KubeApiFake) => requests.map(({ verb }) => verb);

test('knows what is there once it has begun, and hears of every change', async ({
  api,
  connect,
}) => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  const changed: string[] = [];
  const end = discovery.services.onChange((service) => changed.push(service));
  expect(known(discovery)).toEqual(['10.0.0.1']);

  await untilWatched(api);
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

test('a service is managed at the port of that name, else at the agreed one', async ({
  api,
  connect,
}) => {
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

test('goes on from the version it last heard of, and misses nothing between two watches', async ({
  api,
  connect,
}) => {
  const discovery = await connect();
  await untilWatched(api);
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  await untilKnown(discovery, '10.0.0.1');
  const version = api.version();

  api.endWatches();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');

  expect(verbs(api)).toEqual(['list', 'watch', 'watch']);
  expect(api.requests.at(-1)?.version).toBe(version);
});

test('a bookmark spares the list after a quiet time', async ({ api, connect }) => {
  const discovery = await connect();
  await untilWatched(api);

  api.forget();
  api.bookmark();
  api.endWatches();
  await vi.waitFor(() => expect(verbs(api)).toHaveLength(3), { timeout: 20_000 });
  await untilWatched(api);
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  await untilKnown(discovery, '10.0.0.1');

  expect(verbs(api)).toEqual(['list', 'watch', 'watch']);
});

test('lists anew where the history is gone (410), which is no reason to warn', async ({
  api,
  connect,
}) => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  api.put(endpointSlice('payment', pods('10.0.0.5')));
  const discovery = await connect();
  await untilWatched(api);

  api.endWatches();
  api.remove('payment');
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  api.forget();
  await untilKnown(discovery, '10.0.0.2');

  expect(known(discovery, 'payment')).toEqual([]);
  expect(verbs(api).slice(0, 4)).toEqual(['list', 'watch', 'watch', 'list']);
  expect(discovery.warned).not.toHaveBeenCalled();
});

test('lives through an outage of the API server with what it last knew, and says so once', async ({
  api,
  connect,
}) => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched(api);

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

test('a watch that breaks and is back at once is not worth a word', async ({ api, connect }) => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched(api);

  api.breakWatches();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');

  expect(verbs(api)).toEqual(['list', 'watch', 'watch']);
  expect(discovery.warned).not.toHaveBeenCalled();
});

test('a list that fails after a lost history empties nothing', async ({ api, connect }) => {
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect();
  await untilWatched(api);

  api.forbid('list');
  api.forget();
  api.endWatches();
  await vi.waitFor(() => expect(discovery.warned).toHaveBeenCalled(), { timeout: 20_000 });
  expect(known(discovery)).toEqual(['10.0.0.1']);

  api.allow();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await untilKnown(discovery, '10.0.0.2');
});

test('a connection that has gone silent is given up, and the next one taken', async ({
  api,
  connect,
}) => {
  const proxy = await startFaultProxy(api.url);
  onTestFinished(() => proxy.close());
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const discovery = await connect({ kubeconfig: api.kubeconfig(`http://127.0.0.1:${proxy.port}`) });
  await untilWatched(api);

  proxy.silence();
  api.put(endpointSlice('catalog', pods('10.0.0.2')));
  await sleep(500);
  expect(known(discovery)).toEqual(['10.0.0.1']);

  await vi.waitFor(() => expect(known(discovery)).toEqual(['10.0.0.2']), { timeout: 100_000 });
}, 120_000);
