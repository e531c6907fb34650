import type { Pool } from '@guichet/postgres/pool';
import { wrongNow } from '../invariants.ts';

/** What must hold whatever was sold how fast; throws with what does not. */
export async function assertInvariants(pool: Pool, placed: number): Promise<void> {
  const wrong = await wrongNow(pool);
  if (wrong.length > 0) throw new Error(`There are ${wrong.join(', ')}.`);
  const { rows } = await pool.query('select count(*)::integer as bookings from bookings');
  // Whoever was cut off when the load ended may have booked without being told.
  const untold = rows[0].bookings - placed;
  if (untold < 0 || untold > 512) {
    throw new Error(`${placed} bookings were answered, ${rows[0].bookings} are there.`);
  }
}
