import type { Discovery } from '@guichet/discovery/discovery';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { V1EndpointSlice } from '@kubernetes/client-node';
import { createAddressBook } from './address-book.ts';
import { findCluster } from './cluster.ts';
import { followSlices, type Pauses } from './follow-slices.ts';
import { DiscoveryError, reasonOf, statusOf } from './reason.ts';
import { createSliceApi } from './slice-api.ts';

export type KubernetesDiscoverySettings = {
  /** A kubeconfig file; without it the pod's own service account. */
  readonly kubeconfig?: string | undefined;
  /** The default is the pod's own, or the kubeconfig's. */
  readonly namespace?: string | undefined;
  /** Which EndpointSlices, by label: they have the labels of their Service. */
  readonly selector: string;
  /** What stands before a service's name in its Service's: a Helm release's name and a dash. */
  readonly prefix: string;
  /** Where a service is managed, if its slices have no port named `management`. */
  readonly managementPort: number;
  /** How long to wait for the first list. */
  readonly startMs: number;
};

export type KubernetesDiscovery = {
  /** By the port named `http`. */
  readonly services: Discovery;
  readonly management: Discovery;
};

/**
 * Discovery by the EndpointSlices of one namespace, in Kubernetes 1.21 or later. Resolves with the
 * first list; throws `DiscoveryError` with a sentence when there is none after `startMs`.
 *
 * Needs `get`, `list` and `watch` on `endpointslices` in that namespace. While the API server is
 * away it goes on with what it last knew, and `guichet_discovery_age_seconds` says since when.
 */
export async function connectKubernetesDiscovery({
  settings,
  logger,
  metrics,
  pauses,
}: {
  settings: KubernetesDiscoverySettings;
  logger: Logger;
  metrics: Metrics;
  pauses?: Pauses;
}): Promise<KubernetesDiscovery> {
  const { prefix, selector } = settings;
  const { cluster, namespace, server } = findCluster(settings);
  const services = createAddressBook({ prefix, port: { name: 'http' } });
  const management = createAddressBook({
    prefix,
    port: { name: 'management', otherwise: settings.managementPort },
  });
  const first = Promise.withResolvers<void>();
  let lastReason = `Kubernetes' API server at ${server} has not answered.`;
  let lostAt: number | undefined;

  const follower = followSlices({
    api: createSliceApi({ cluster, namespace, selector }),
    listener: {
      onChange(slices: Iterable<V1EndpointSlice>) {
        const known = [...slices];
        services.read(known);
        management.read(known);
        first.resolve();
      },
      onFailure(err, { verb, inARow }) {
        lastReason = reasonOf(err, { verb, namespace, server });
        // One that breaks and is back at once is an API server that restarts, or a balancer's habit.
        if (inARow < 2 || lostAt !== undefined) return;
        lostAt = Date.now();
        // A refusal is all in the sentence; its error would repeat the whole answer three times.
        const more = statusOf(err) === undefined ? { err } : {};
        logger.warn(more, `${lastReason} Meanwhile the addresses last known are used.`);
      },
      onFollowing() {
        if (lostAt === undefined) return;
        const seconds = Math.round((Date.now() - lostAt) / 1_000);
        logger.info({ namespace, seconds }, 'EndpointSlices are followed again');
        lostAt = undefined;
      },
    },
    ...(pauses ? { pauses } : {}),
  });
  gauge(metrics, { services: services.counts, heardAt: follower.heardAt });

  const tooLate = setTimeout(() => {
    first.reject(new DiscoveryError(`${lastReason} Waited ${settings.startMs / 1_000} s for it.`));
  }, settings.startMs);
  try {
    await first.promise;
  } catch (error) {
    await follower.close();
    throw error;
  } finally {
    clearTimeout(tooLate);
  }
  const counts = services.counts();
  if (Object.keys(counts).length > 0) {
    logger.info({ namespace, services: counts }, 'EndpointSlices are followed');
  } else {
    logger.warn(
      `Nothing is found yet: no EndpointSlice in namespace ${namespace} with the label ${selector} has a port named http and belongs to a Service whose name begins with "${prefix}".`,
    );
  }
  const close = () => follower.close();
  return {
    services: { ...services.discovery, close },
    management: { ...management.discovery, close },
  };
}

function gauge(
  metrics: Metrics,
  { services, heardAt }: { services: () => Record<string, number>; heardAt: () => number },
): void {
  metrics.gauge({
    name: 'guichet_discovery_age_seconds',
    help: 'Since Kubernetes last confirmed the addresses; below 60 while it can be asked',
    collect() {
      this.set((Date.now() - heardAt()) / 1_000);
    },
  });
  metrics.gauge({
    name: 'guichet_discovery_endpoints',
    help: 'Addresses known of each service',
    labelNames: ['to'] as const,
    collect() {
      this.reset();
      for (const [to, count] of Object.entries(services())) this.set({ to }, count);
    },
  });
}
