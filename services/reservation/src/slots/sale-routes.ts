import { placingPace, slotSales } from '@guichet/contracts/internal-sales';
import { Refusal } from '@guichet/contracts/refusal';
import type { Routes } from '@guichet/http/service-app';
import type { Pool } from '@guichet/postgres/pool';
import type { PlacingQueue } from '../placing/placing-queue.ts';
import { saleStore } from './sale-store.ts';
import type { SlotRefusal } from './slot.ts';

/** What the waiting room asks each second of a sale, and the prescaler every few. */
export function saleRoutes(
  routes: Routes,
  { pool, queue }: { pool: Pool; queue: Pick<PlacingQueue, 'queueAgeMs'> },
): void {
  const store = saleStore(pool);

  routes.on(placingPace, async ({ params, res }) => {
    const sold = await store.findSold(params.id);
    if (!sold) throw new Refusal<SlotRefusal>('offering_not_found', 'There is no such offering.');

    const onSaleAt = sold.onSaleAt?.toISOString() ?? null;
    res.json({ ...sold, onSaleAt, queueAgeMs: queue.queueAgeMs() });
  });

  routes.on(slotSales, async ({ res }) => {
    const sales = await store.listSales();

    res.json({ sales: sales.map((sale) => ({ ...sale, saleAt: sale.saleAt.toISOString() })) });
  });
}
