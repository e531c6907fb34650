import type { Pool } from '@guichet/postgres/pool';
import { holdStore } from './hold-store.ts';
import type { RunFence } from './run-fence.ts';

/** Calls to payment at the same time. */
const FENCES = 10;

/**
 * Runs the fences that are due, and says how many bookings ended. Apart from the sweep, because a
 * payment service that answers slowly must not keep lapsed holds from being tidied. It goes on for
 * as long as all that it claims end: after a rush there are thousands, and one that stays may mean
 * that payment is away.
 */
export const runDueFences =
  ({ pool, runFence, graceMs }: { pool: Pool; runFence: RunFence; graceMs: number }) =>
  async (): Promise<number> => {
    const store = holdStore(pool, graceMs);
    for (let ended = 0; ; ) {
      const due = await store.claimDueFences(FENCES);
      const outcomes = await Promise.all(due.map(runFence));
      const endedNow = outcomes.filter((outcome) => outcome === 'ended').length;
      ended += endedNow;
      if (endedNow < FENCES) return ended;
    }
  };
