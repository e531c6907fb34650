import type { Queryable } from '@guichet/postgres/pool';
import { holdStore } from './hold-store.ts';

/** `runFence` answers within this; after it the sweeper runs the fence. */
const LEASE_MS = 15_000;

/**
 * Sends a hold whose payment began to the fence because its owner cancels it: from now on it can be
 * neither extended nor paid for. The caller runs the fence when this is committed.
 */
export const fenceHold = (tx: Queryable, bookingId: string): Promise<void> =>
  holdStore(tx, 0).fence(bookingId, LEASE_MS);

/** Looks at a booking that stands at the fence again at once, because payment has news of it. */
export const hastenFence = (db: Queryable, bookingId: string): Promise<void> =>
  holdStore(db, 0).hastenFence(bookingId);
