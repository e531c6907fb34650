import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import { holdStore } from './hold-store.ts';

/** What the alert on a stuck fence looks at: places that can neither be sold nor given up. */
export function measureHolds({ pool, metrics }: { pool: Pool; metrics: Metrics }): void {
  const age = metrics.gauge({
    name: 'guichet_fence_age_seconds',
    help: 'How long the oldest booking has waited for its payment to close; 0 when none does',
  });
  metrics.gauge({
    name: 'guichet_fenced_bookings',
    help: 'Bookings that wait for their payment to close before their places are free',
    async collect() {
      const { bookings, oldestSeconds } = await holdStore(pool, 0).fenceQueue();
      this.set(bookings);
      age.set(oldestSeconds);
    },
  });
}
