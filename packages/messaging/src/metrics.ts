import { setTimeout as sleep } from 'node:timers/promises';
import type { Metrics } from '@guichet/telemetry/metrics';

/** A scrape waits for ten seconds by default; the broker must not keep it from the rest. */
const countWithinMs = 2_000;

/** What became of each delivery, and what waits for a person: what the alerts look at. */
export function busMetrics(metrics: Metrics) {
  const handled = metrics.counter({
    name: 'guichet_messages_handled_total',
    help: 'Deliveries by what became of them',
    labelNames: ['consumer', 'outcome'] as const,
  });
  const counts = new Map<string, () => Promise<number | undefined>>();
  metrics.gauge({
    name: 'guichet_messages_parked',
    help: 'Messages that wait for a person; every replica says the same; absent while unknown',
    labelNames: ['consumer'] as const,
    async collect() {
      await Promise.all(
        [...counts].map(async ([consumer, count]) => {
          const known = await Promise.race([
            count().catch(() => undefined),
            sleep(countWithinMs, undefined, { ref: false }),
          ]);
          if (known === undefined) this.remove({ consumer });
          else this.set({ consumer }, known);
        }),
      );
    },
  });
  return {
    of(consumer: string) {
      const count = (outcome: string) => () => handled.inc({ consumer, outcome });
      return { succeeded: count('succeeded'), retried: count('retried'), parked: count('parked') };
    },
    /** Counted at every scrape. */
    watchParked(consumer: string, count: () => Promise<number | undefined>): void {
      counts.set(consumer, count);
    },
  };
}
export type BusMetrics = ReturnType<typeof busMetrics>;
