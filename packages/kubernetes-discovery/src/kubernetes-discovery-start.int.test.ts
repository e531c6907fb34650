import { setTimeout as sleep } from 'node:timers/promises';
import { endpointSlice } from '@guichet/testing/kubernetes/endpoint-slice';
import { describe, expect, vi } from 'vitest';
import { known, pods, test, untilKnown } from './kubernetes-discovery-test.ts';

test('where nothing is found, what was looked for is said', async ({ api, connect }) => {
  api.put(endpointSlice('green-catalog', pods('10.0.0.1')));
  const { warned, services } = await connect({ prefix: 'blue-' });

  expect(services.addresses('catalog')).toEqual([]);
  expect(warned.mock.calls.map((call) => call.at(-1))).toEqual([
    'Nothing is found yet: no EndpointSlice in namespace guichet with the label kubernetes.io/service-name has a port named http and belongs to a Service whose name begins with "blue-".',
  ]);
});

describe('what is missing at the start is said in a sentence', () => {
  test.for(['list', 'watch'] as const)('that the Role lacks %s', async (verb, { api, connect }) => {
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

  test('that nothing answers', async ({ api, connect }) => {
    await api.stop();

    await expect(connect({ startMs: 4_000 })).rejects.toThrow(
      `Kubernetes' API server at ${api.url} cannot be asked to list endpointslices (discovery.k8s.io) in namespace guichet (ECONNREFUSED): see that it is up, and that network policies let this pod reach it. Waited 4 s for it.`,
    );
  });

  test('that there is no service account', async ({ connect }) => {
    await expect(connect({ kubeconfig: '' })).rejects.toThrow('automountServiceAccountToken: true');
  });

  test('that a kubeconfig is none', async ({ connect }) => {
    await expect(connect({ kubeconfig: import.meta.filename })).rejects.toThrow(
      'which is no kubeconfig that can be read',
    );
  });
});

test('waits for an API server that comes a little later', async ({ api, connect }) => {
  await api.stop();
  api.put(endpointSlice('catalog', pods('10.0.0.1')));
  const connecting = connect();
  await sleep(200);
  await api.start();

  expect(known(await connecting)).toEqual(['10.0.0.1']);
});
