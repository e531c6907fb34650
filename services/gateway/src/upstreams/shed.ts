import type { Operation } from '@guichet/contracts/operation';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from '../config.ts';
import type { Upstreams } from './upstreams.ts';

export type Shed = {
  /** Counts what it refuses: who asks has to answer `busy`. */
  refuses(operation: Operation): boolean;
};

/**
 * Refuses new work that no process of its service would begin within the budget, before anything is
 * done for it: a refusal inside the service costs the very time that those in its queue wait for.
 */
export function createShed({
  upstreams,
  live,
  metrics,
}: {
  upstreams: Upstreams;
  live: () => Pick<LiveSettings, 'queueBudgetMs'>;
  metrics: Metrics;
}): Shed {
  const refused = metrics.counter({
    name: 'guichet_upstream_shed_total',
    help: 'Requests refused because every process of their service had too old a queue',
    labelNames: ['upstream'],
  });
  metrics.gauge({
    name: 'guichet_upstream_queue_age_seconds',
    help: 'How long a request would wait for the process of a service that has the youngest queue',
    labelNames: ['upstream'],
    collect() {
      for (const service of upstreams.known()) {
        this.set({ upstream: service }, upstreams.queueAgeMs(service) / 1_000);
      }
    },
  });

  return {
    refuses({ sheds, service }) {
      if (!sheds || upstreams.queueAgeMs(service) <= live().queueBudgetMs) return false;
      refused.inc({ upstream: service });
      return true;
    },
  };
}
