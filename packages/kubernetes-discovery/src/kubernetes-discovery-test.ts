import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import type { EndpointSlice } from '@guichet/testing/kubernetes/endpoint-slice';
import { ready } from '@guichet/testing/kubernetes/endpoint-slice';
import { type KubeApiFake, startKubeApiFake } from '@guichet/testing/kubernetes/kube-api-fake';
import { test as base, expect, vi } from 'vitest';
import { connectKubernetesDiscovery, type KubernetesDiscovery } from './kubernetes-discovery.ts';

export const pauses = { firstMs: 20, longestMs: 200 };

export const pods = (...addresses: string[]): EndpointSlice['endpoints'] =>
  addresses.map((address) => ({ addresses: [address], conditions: ready }));

async function connectTo(kubeconfig: string, { startMs = 20_000, prefix = '' }) {
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
  const metric = async (name: string) =>
    (await metrics.registry.getSingleMetric(name)?.get())?.values ?? [];
  return { ...discovery, warned, informed, metric };
}
type Connected = Awaited<ReturnType<typeof connectTo>>;
type How = { kubeconfig?: string; startMs?: number; prefix?: string };

/** `test` with an API server of its own, and a way to follow it. */
export const test = base.extend<{
  api: KubeApiFake;
  connect: (how?: How) => Promise<Connected>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures it needs from it
  api: async ({}, use) => {
    const api = await startKubeApiFake();
    await use(api);
    await api.close();
  },
  connect: async ({ api }, use) => {
    const followed: Connected[] = [];
    await use(async ({ kubeconfig = api.kubeconfig(), ...how } = {}) => {
      const connected = await connectTo(kubeconfig, how);
      followed.push(connected);
      return connected;
    });
    for (const { services } of followed.reverse()) await services.close();
  },
});

export const known = ({ services }: KubernetesDiscovery, service = 'catalog') =>
  services.addresses(service).map(({ hostname }) => hostname);

export const untilKnown = (discovery: KubernetesDiscovery, ...addresses: string[]) =>
  vi.waitFor(() => expect(known(discovery)).toEqual(addresses), { timeout: 20_000 });

export const untilWatched = (api: KubeApiFake) =>
  vi.waitFor(() => expect(api.watches()).toBe(1), { timeout: 20_000 });
