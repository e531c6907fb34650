import { findCluster } from '@guichet/kubernetes-discovery/cluster';
import { createLoop } from '@guichet/loop/loop';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { createElector } from '../leader/elector.ts';
import { type AskedOf, createMinimums, type Minimums } from '../minimums/keep-minimums.ts';
import { createLeaseStore } from './lease-store.ts';
import { createStartUp, usualStartUpMs } from './start-up.ts';
import { createTargetStore } from './target-store.ts';

export type Cluster = {
  targets: Minimums['targets'];
  leads(): boolean;
  startUpMs(): number;
  keep(askedOf: AskedOf): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** Where nobody scales: everything is planned and nothing is done. */
const nowhere: Cluster = {
  targets: () => [],
  leads: () => false,
  startUpMs: () => usualStartUpMs,
  keep: async () => {},
  start: () => {},
  stop: async () => {},
};

export function connectCluster({
  config,
  live,
  identity,
  logger,
  metrics,
}: {
  config: {
    readonly cluster: 'kubernetes' | 'none';
    readonly release: string;
    readonly kubeconfig?: string | undefined;
    readonly leaseMs: number;
    readonly renewMs: number;
  };
  live: () => { readonly dryRun: boolean };
  identity: string;
  logger: Logger;
  metrics: Metrics;
}): Cluster {
  if (config.cluster === 'none') return nowhere;
  const failures = metrics.counter({
    name: 'guichet_prescaler_patches_failed_total',
    help: 'Changes of a minimum that failed',
  });
  const { release, leaseMs, renewMs } = config;
  const { cluster, namespace } = findCluster({ kubeconfig: config.kubeconfig });
  const name = `${release}-prescaler`;
  const store = createLeaseStore({ cluster, namespace, name, leaseMs });
  const elector = createElector({ store, identity, leaseMs, renewMs, logger });
  metrics.gauge({
    name: 'guichet_prescaler_leads',
    help: 'Whether this replica leads: 1 of one replica, and never of two',
    collect() {
      this.set(Number(elector.leads()));
    },
  });
  const startUp = createStartUp({ cluster, namespace, release });
  const minimums = createMinimums({
    store: createTargetStore({ cluster, namespace, release }),
    leads: elector.leads,
    dryRun: () => live().dryRun,
    failed: () => failures.inc(),
    logger,
  });
  const renewing = createLoop({
    turn: elector.renew,
    pauseMs: renewMs,
    onError: (err) => logger.warn({ err }, 'the lease could not be renewed; it is tried again'),
    onStop: elector.release,
  });
  return {
    targets: minimums.targets,
    leads: elector.leads,
    startUpMs: startUp.ms,
    async keep(askedOf) {
      await startUp.measure();
      await minimums.keep(askedOf);
    },
    start: renewing.start,
    stop: renewing.stop,
  };
}
