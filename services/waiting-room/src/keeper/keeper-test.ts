import type { Pool } from '@guichet/postgres/pool';
import type { Replica } from '../waiting-room-server-test.ts';
import { lineOf, seedRoom, seedTurns } from '../waiting-room-test.ts';

export const patience = { timeout: 20_000, interval: 20 };
/** Ten people each tick, and places for all of them. */
export const tenEach = { tickMs: 1_000, leaseMs: 30_000 };
export const aSale = { saleIn: -1, pacing: { by: 'rate', perMinute: 600 } };

/** A sale that goes on, with so many who wait. */
export async function crowd(pool: Pool, count = 100, room: object = {}) {
  const { id } = await seedRoom(pool, { ...aSale, ...room });
  return { id, turns: await seedTurns(pool, id, count) };
}
export const calledUpTo = async (pool: Pool, id: string): Promise<number> =>
  (await lineOf(pool, id)).called_up_to;

export async function tickBoth(one: Replica, two: Replica): Promise<void> {
  await Promise.all([one.keeper.tick(), two.keeper.tick()]);
}
