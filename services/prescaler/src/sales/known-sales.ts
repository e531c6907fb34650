import type { Sale } from './sale.ts';

/**
 * What is told now, with those of before that have begun: a slot is told of only until it is on
 * sale, and a room until it closes, but minimums are held beyond both. What disappears before its
 * time was called off. A room speaks for its offering’s slots.
 */
export function mergeSales(
  before: readonly Sale[],
  told: readonly Sale[],
  { now, keptMs }: { now: number; keptMs: number },
): Sale[] {
  const rooms = new Set(told.flatMap(({ crowd, offeringId }) => (crowd.room ? [offeringId] : [])));
  const current = told.filter(({ crowd, offeringId }) => crowd.room || !rooms.has(offeringId));
  const ids = new Set(current.map(({ id }) => id));
  const begun = before
    .filter(({ id, saleAt }) => !ids.has(id) && saleAt <= now)
    .map((sale) => ({ ...sale, goneAt: sale.goneAt ?? now, waiting: 0 }))
    .filter(({ saleAt, goneAt }) => now < Math.max(saleAt, goneAt) + keptMs);
  return [...current, ...begun].sort((a, b) => a.saleAt - b.saleAt);
}
