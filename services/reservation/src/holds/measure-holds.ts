import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import { holdStore } from './hold-store.ts';

/**
 * What the alerts on holds look at: places that can neither be sold nor given up, because a payment
 * does not close, or because nobody tidies what has lapsed. Every replica says the same.
 */
export function measureHolds({
  pool,
  graceMs,
  metrics,
}: {
  pool: Pool;
  graceMs: number;
  metrics: Metrics;
}): void {
  const store = holdStore(pool, graceMs);
  metrics.gaugesOf(store.holdQueue, [
    {
      name: 'guichet_held_bookings',
      help: 'Bookings that hold places and are not paid',
      of: ({ bookings }) => bookings,
    },
    {
      name: 'guichet_lapsed_hold_age_seconds',
      help: 'Since when the oldest hold without a payment has run out and is not freed; 0 when none has',
      of: ({ lapsedSeconds }) => lapsedSeconds,
    },
  ]);
  metrics.gaugesOf(store.fenceQueue, [
    {
      name: 'guichet_fenced_bookings',
      help: 'Bookings that wait for their payment to close before their places are free',
      of: ({ bookings }) => bookings,
    },
    {
      name: 'guichet_fence_age_seconds',
      help: 'How long the oldest booking has waited for its payment to close; 0 when none does',
      of: ({ oldestSeconds }) => oldestSeconds,
    },
  ]);
}
