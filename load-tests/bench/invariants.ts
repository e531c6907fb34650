import type { Pool } from '@guichet/postgres/pool';

const wrong = {
  'slots sold beyond their capacity': `select from slots where taken > capacity`,
  'slots whose counter is not the sum of their bookings and what is kept for who waits': `
    select from slots
      left join (
        select slot_id, sum(places) as places from bookings
         where status not in ('CANCELLED', 'EXPIRED') group by slot_id) sold on sold.slot_id = slots.id
     where taken <> coalesce(sold.places, 0) + kept`,
  'bookings without a key, or keys without a booking': `
    select from bookings full join booking_keys on booking_id = bookings.id
     where bookings.id is null or booking_id is null`,
} as const;

/** What must hold whatever was sold how fast; throws with what does not. */
export async function assertInvariants(pool: Pool, placed: number): Promise<void> {
  for (const [name, sql] of Object.entries(wrong)) {
    const { rowCount } = await pool.query(sql);
    if (rowCount) throw new Error(`There are ${rowCount} ${name}.`);
  }
  const { rows } = await pool.query('select count(*)::integer as bookings from bookings');
  // Whoever was cut off when the load ended may have booked without being told.
  const untold = rows[0].bookings - placed;
  if (untold < 0 || untold > 512) {
    throw new Error(`${placed} bookings were answered, ${rows[0].bookings} are there.`);
  }
}
