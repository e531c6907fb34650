import type { Pool } from '@guichet/postgres/pool';
import type { Metrics } from '@guichet/telemetry/metrics';
import { slotStore } from './slot-store.ts';

/** How far back slots are looked for in which somebody booked: longer than any scrape is apart. */
const lookBackMs = 300_000;

/**
 * Places that bookings have and no slot has, counted from the bookings themselves: the counter in
 * the slot is what would be wrong. To count them all at each scrape would be a query over every
 * booking there is, so only slots in which somebody booked of late are counted, and those that were
 * found oversold, until they no longer are.
 */
export function measureOversold({
  pool,
  metrics,
  now = Date.now,
}: {
  pool: Pool;
  metrics: Metrics;
  now?: () => number;
}): void {
  const store = slotStore(pool);
  let oversold: readonly string[] = [];
  metrics.gauge({
    name: 'guichet_oversold_places',
    help: 'Places that bookings have beyond the capacity of their slots; always 0',
    async collect() {
      const found = await store.listOversold(new Date(now() - lookBackMs), oversold);
      oversold = found.map(({ slotId }) => slotId);
      this.set(found.reduce((sum, { places }) => sum + places, 0));
    },
  });
}
