import type { Pool } from '@guichet/postgres/pool';
import { holdStore } from './hold-store.ts';

/** Enough for a rush that ends at once, and short enough to lock few rows for long. */
const BATCH = 200;

/**
 * One round of tidying: lapsed holds are freed, and those whose payment began are sent to the
 * fence. Every statement skips what another replica has locked, so all replicas may sweep.
 */
export const sweepHolds =
  ({ pool, graceMs, told }: { pool: Pool; graceMs: number; told: () => void }) =>
  async (): Promise<{ freed: number; fenced: number }> => {
    const holds = holdStore(pool, graceMs);

    let freed = 0;
    for (let batch = BATCH; batch === BATCH; freed += batch) batch = await holds.freeLapsed(BATCH);
    const fenced = await holds.fenceLapsed(BATCH);
    if (freed + fenced > 0) told();
    return { freed, fenced };
  };
