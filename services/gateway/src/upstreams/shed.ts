import type { Operation } from '@guichet/contracts/operation';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from '../config.ts';
import type { Upstreams } from './upstreams.ts';

export type Shed = {
  /**
   * Whether a request that comes now, behind those who stand in line and those who are on their way
   * there, is to be answered `busy`. Whoever is refused is counted.
   */
  refusesAtDoor(operation: Operation): boolean;
  /** The same for a request that is about to stand in line: how many come behind it is nothing to it. */
  refusesInLine(operation: Operation): boolean;
  /**
   * Does what a request needs before it stands in line. Until then it counts as if it stood there:
   * else all who come meanwhile find the same room, and are refused when they have cost most of
   * what they would have bought.
   */
  whileComing<T>(operation: Operation, work: () => Promise<T>): Promise<T>;
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

  const coming = new Map<string, number>();
  const comingTo = (service: string) => coming.get(service) ?? 0;

  function refuses({ sheds, service }: Operation, ahead: number): boolean {
    if (!sheds || upstreams.queueAgeMs(service, ahead) <= live().queueBudgetMs) return false;
    refused.inc({ upstream: service });
    return true;
  }

  return {
    refusesAtDoor: (operation) => refuses(operation, comingTo(operation.service)),
    refusesInLine: (operation) => refuses(operation, 0),

    async whileComing({ sheds, service }, work) {
      if (!sheds) return work();
      coming.set(service, comingTo(service) + 1);
      try {
        return await work();
      } finally {
        coming.set(service, comingTo(service) - 1);
      }
    },
  };
}
