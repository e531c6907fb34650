import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectKubernetesDiscovery } from '@guichet/kubernetes-discovery/kubernetes-discovery';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { endpointSlice, leaving, ready } from '@guichet/testing/kubernetes/endpoint-slice';
import { type KubeApiFake, startKubeApiFake } from '@guichet/testing/kubernetes/kube-api-fake';
import { expect, test, vi } from 'vitest';
import { closeLater, gatewayTo, listen } from '../proxy/forward-test.ts';

/** A pod of reservation, as Kubernetes and its callers see it. Each is on a port, so in a slice. */
async function startPod(api: KubeApiFake, name: string) {
  const asked: number[] = [];
  const server = createServer(async (req, res) => {
    asked.push(Date.now());
    await sleep(req.url === '/slow' ? 1_000 : 5);
    req.resume().on('end', () => res.end(name));
  });
  const { port } = new URL(await listen(server));
  const say = (conditions: typeof ready) =>
    api.put(
      endpointSlice('reservation', [{ addresses: ['127.0.0.1'], conditions }], {
        name: `reservation-${name}`,
        ports: [{ name: 'http', port: Number(port) }],
      }),
    );
  say(ready);
  return {
    asked,
    leave: () => say(leaving),
    async end() {
      api.remove(`reservation-${name}`);
      server.close();
      server.closeIdleConnections();
    },
  };
}

async function startCluster() {
  const api = await startKubeApiFake();
  closeLater(() => api.close());
  const first = await startPod(api, 'one');
  const { services } = await connectKubernetesDiscovery({
    settings: {
      kubeconfig: api.kubeconfig(),
      selector: 'kubernetes.io/service-name',
      prefix: '',
      managementPort: 9080,
      startMs: 20_000,
    },
    logger: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics({ service: 'gateway' }),
  });
  closeLater(() => services.close());
  const untilKnown = (count: number) =>
    vi.waitFor(() => expect(services.addresses('reservation')).toHaveLength(count), {
      timeout: 20_000,
    });
  return { api, first, untilKnown, url: await gatewayTo(services) };
}

/** Eight clients, each of which asks again as soon as it is answered, until they are told to end. */
function startLoad(url: string) {
  const methods = ['GET', 'GET', 'GET', 'GET', 'POST', 'POST', 'POST', 'POST'];
  const answered = methods.map(() => 0);
  const outcomes = new Set<string>();
  let isOver = false;
  const client = async (method: string, nth: number) => {
    while (!isOver) {
      const asked = fetch(url, { method, ...(method === 'POST' ? { body: 'x' } : {}) });
      const outcome = await asked.then(
        async (answer) => `${answer.status} ${await answer.text()}`,
        (error: Error) => String(error.cause),
      );
      outcomes.add(outcome);
      answered[nth] = (answered[nth] ?? 0) + 1;
    }
  };
  const clients = methods.map(client);
  return {
    /** Resolves when each client has been answered so many times more. */
    untilAnswered(times: number): Promise<void> {
      const enough = answered.map((count) => count + times);
      return vi.waitFor(
        () => expect(answered.every((count, nth) => count >= (enough[nth] ?? 0))).toBe(true),
        { timeout: 20_000, interval: 10 },
      );
    },
    async end(): Promise<Set<string>> {
      isOver = true;
      await Promise.all(clients);
      return outcomes;
    },
  };
}

test('pods are replaced one after the other under load, and not a request is lost', async () => {
  const { api, first, untilKnown, url } = await startCluster();
  const load = startLoad(url);

  let old = first;
  for (const name of ['two', 'three', 'four', 'five']) {
    await load.untilAnswered(5);
    const next = await startPod(api, name);
    await untilKnown(2);
    old.leave();
    await untilKnown(1);
    // What was on its way when the word came is answered by then.
    await load.untilAnswered(1);
    const askedBefore = old.asked.length;
    await load.untilAnswered(5);
    expect(old.asked).toHaveLength(askedBefore);
    await old.end();
    old = next;
  }

  expect([...(await load.end())].sort()).toEqual(
    ['200 one', '200 two', '200 three', '200 four', '200 five'].sort(),
  );
});

test('what is in flight at a pod that goes is answered by it', async () => {
  const { api, first, untilKnown, url } = await startCluster();
  const answering = fetch(`${url}/slow`, { method: 'POST', body: 'x' });
  await vi.waitFor(() => expect(first.asked).toHaveLength(1), { timeout: 20_000 });

  await startPod(api, 'two');
  await untilKnown(2);
  first.leave();
  await untilKnown(1);
  await first.end();
  expect(await (await fetch(url)).text()).toBe('two');

  const answer = await answering;
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('one');
});

test('the API server’s outage is nobody else’s', async () => {
  const { api, url } = await startCluster();
  await api.stop();

  expect(await (await fetch(url)).text()).toBe('one');
});
