import type { Metrics } from '@guichet/telemetry/metrics';
import type { Attempts } from './rabbit/consumer.ts';

/** What became of each delivery, by consumer: what the alerts on retries and parked ones look at. */
export function busMetrics(metrics: Metrics) {
  const handled = metrics.counter({
    name: 'guichet_messages_handled_total',
    help: 'Deliveries by what became of them',
    labelNames: ['consumer', 'outcome'] as const,
  });
  return {
    of(consumer: string): Attempts {
      const count = (outcome: string) => () => handled.inc({ consumer, outcome });
      return { succeeded: count('succeeded'), retried: count('retried'), parked: count('parked') };
    },
  };
}
export type BusMetrics = ReturnType<typeof busMetrics>;
