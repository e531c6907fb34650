import type { Pool } from '@guichet/postgres/pool';
import { placingStore } from '../bookings/placing-store.ts';
import { holdStore } from './hold-store.ts';
import type { RunFence } from './run-fence.ts';

/** Enough for a rush that ends at once, and short enough to lock few rows for long. */
const BATCH = 200;
/** Calls to payment at the same time. */
const FENCES = 10;

/**
 * One round of tidying: lapsed holds are freed, those whose payment began go to the fence, and due
 * fences are run. Every statement skips what another replica has locked, so all replicas may sweep.
 */
export const sweepHolds =
  ({
    pool,
    runFence,
    graceMs,
    told,
  }: {
    pool: Pool;
    runFence: RunFence;
    graceMs: number;
    told: () => void;
  }) =>
  async (): Promise<{ freed: number; fenced: number; ended: number }> => {
    const holds = holdStore(pool, graceMs);

    let freed = 0;
    for (let batch = BATCH; batch === BATCH; freed += batch) batch = await holds.freeLapsed(BATCH);
    const fenced = await holds.fenceLapsed(BATCH);
    if (freed + fenced > 0) told();

    const outcomes = await Promise.all((await holds.claimDueFences(FENCES)).map(runFence));
    await placingStore(pool).forgetOldKeys();
    return { freed, fenced, ended: outcomes.filter((outcome) => outcome === 'ended').length };
  };
