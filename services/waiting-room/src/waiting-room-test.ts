import { join } from 'node:path';
import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import { databaseTest } from '@guichet/testing/database-test';

/** `test` with a database of the waiting room's own. */
export const test = databaseTest(join(import.meta.dirname, '../migrations'));

/** Keys of tests alone. */
export const lineTokenKeys = new Map([[1, Buffer.alloc(32, 7)]]);
export const sealingKey = Buffer.alloc(32, 9);

export type SeededRoom = { id: string; offeringId: string; organiserId: string };

/**
 * Writes a room and its line; by default people wait since a minute, and the sale is in an hour.
 * Seconds are from now, by the database's clock.
 */
export async function seedRoom(
  pool: Pool,
  {
    id = newId(),
    offeringId = newId(),
    organiserId = newId(),
    opensIn = -60,
    saleIn = 3_600,
    closesIn = 7_200,
    order = 'first_come',
    holder = 'anybody',
    turnsPerHolder = 1,
    turnsPerAddress = 1_000,
    pacing = { by: 'measurement' } as object,
    admissionSeconds = 600,
    expectedBuyers = 1_000,
    seedCommitment = null as string | null,
    sealedSeed = null as string | null,
  } = {},
): Promise<SeededRoom> {
  await pool.query(
    `with room as (
       insert into rooms (
         id, organiser_id, offering_id, opens_at, sale_at, closes_at, line_order, holder,
         turns_per_holder, turns_per_address, pacing, admission_seconds, expected_buyers,
         seed_commitment, sealed_seed, created_by)
       values ($1, $2, $3, now() + $4 * interval '1 second', now() + $5 * interval '1 second',
         now() + $6 * interval '1 second', $7, $8, $9, $10, $11, $12, $13, $14, $15, 'test')
       returning id)
     insert into lines (room_id) select id from room`,
    [
      id,
      organiserId,
      offeringId,
      opensIn,
      saleIn,
      closesIn,
      order,
      holder,
      turnsPerHolder,
      turnsPerAddress,
      pacing,
      admissionSeconds,
      expectedBuyers,
      seedCommitment,
      sealedSeed,
    ],
  );
  return { id, offeringId, organiserId };
}

/** Moves the hours of a room, in seconds from now. */
export const shiftRoom = (
  pool: Pool,
  id: string,
  { opensIn, saleIn, closesIn }: { opensIn: number; saleIn: number; closesIn: number },
) =>
  pool.query(
    `update rooms set opens_at = now() + $2 * interval '1 second',
            sale_at = now() + $3 * interval '1 second', closes_at = now() + $4 * interval '1 second'
      where id = $1`,
    [id, opensIn, saleIn, closesIn],
  );

/** As many as come at once; one statement for thousands would take longer than a statement may. */
const atOnce = 500;

/** So many join a room, one after the other; answers the ids of their turns. */
export async function seedTurns(pool: Pool, roomId: string, count: number): Promise<string[]> {
  const all = Array.from({ length: count }, () => newId());
  for (let seeded = 0; seeded < count; seeded += atOnce) {
    const ids = all.slice(seeded, seeded + atOnce);
    const addresses = ids.map((id) => Buffer.from(id));
    const { rows } = await pool.query<{ outcome: string }>(
      'select outcome from join_line($1, $2, $3, $4, $5)',
      [roomId, ids, ids.map(() => null), addresses, ids.map(() => '192.0.2.0/24')],
    );
    const refused = rows.find(({ outcome }) => outcome !== 'joined');
    if (refused) throw new Error(`not joined: ${refused.outcome}`);
  }
  return all;
}

/** Who is called goes in. */
export async function admitTurns(pool: Pool, roomId: string, ids: readonly string[]) {
  const { rows } = await pool.query<{ outcome: string }>(
    'select outcome from admit_turns($1, $2)',
    [roomId, ids],
  );
  return rows.map(({ outcome }) => outcome);
}

export async function lineOf(pool: Pool, roomId: string) {
  const { rows } = await pool.query('select * from lines where room_id = $1', [roomId]);
  return rows[0];
}

/** Every call of a room: up to whom, one after the other. */
export async function callsOf(pool: Pool, roomId: string): Promise<number[]> {
  const { rows } = await pool.query<{ up_to: number }>(
    'select up_to from calls where room_id = $1 order by called_at, up_to',
    [roomId],
  );
  return rows.map(({ up_to }) => up_to);
}
