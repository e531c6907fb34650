import * as operations from '@guichet/contracts/internal-sales';
import type { Routes } from '@guichet/http/service-app';
import type { Pool } from '@guichet/postgres/pool';
import type { LiveSettings } from '../config.ts';
import { gateStore } from './gate-store.ts';

/** What gateways and the prescaler ask, every few seconds. */
export function gateRoutes(
  routes: Routes,
  { pool, live }: { pool: Pool; live: () => Pick<LiveSettings, 'mostPerSecond'> },
): void {
  const store = gateStore(pool);

  routes.on(operations.gates, async ({ res }) => {
    res.json(await store.listGates());
  });

  routes.on(operations.roomSales, async ({ res }) => {
    res.json(await store.listSales(live().mostPerSecond));
  });
}
