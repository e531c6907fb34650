import type { Operation } from '@guichet/contracts/operation';
import { Problem } from '@guichet/http/problem';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from '../config.ts';
import type { Upstreams } from './upstreams.ts';

export type Shed = (operation: Operation) => void;

/** One for all: to make another, with its stack, would cost more than the rest of the refusal. */
const busy = new Problem({
  status: 503,
  code: 'busy',
  detail: 'Too many people ask for this at once. Try again with the same Idempotency-Key.',
  headers: { 'retry-after': '1' },
});

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

  return ({ sheds, service }) => {
    if (!sheds || upstreams.queueAgeMs(service) <= live().queueBudgetMs) return;
    refused.inc({ upstream: service });
    throw busy;
  };
}
