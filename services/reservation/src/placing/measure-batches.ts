import type { Ended, Sent } from '@guichet/postgres/batcher';
import type { Metrics } from '@guichet/telemetry/metrics';
import { sampledTraceId } from '@guichet/telemetry/trace';

/** How many bookings a statement places, how long the first waited for it, and how long it took. */
export function measureBatches(metrics: Metrics) {
  const sizes = metrics.histogram({
    name: 'guichet_placing_batch_members',
    help: 'Bookings that one statement places',
    buckets: [1, 2, 5, 10, 20, 50, 100, 128],
  });
  const waits = metrics.tracedHistogram({
    name: 'guichet_placing_batch_wait_seconds',
    help: 'Time that the first booking of a batch waited for the statement before it',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
  });
  const statements = metrics.tracedHistogram({
    name: 'guichet_placing_statement_seconds',
    help: 'Time that the statement of a batch took',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });
  return {
    onSent({ size, waitedMs }: Sent): void {
      sizes.observe(size);
      waits.observe({}, waitedMs / 1_000, sampledTraceId());
    },
    onEnded({ tookMs }: Ended): void {
      statements.observe({}, tookMs / 1_000, sampledTraceId());
    },
  };
}
