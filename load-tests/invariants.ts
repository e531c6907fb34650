import type { Pool } from '@guichet/postgres/pool';

/** True at every moment, since one transaction makes each of them true again. */
const always = {
  'slots sold beyond their capacity': `select from slots where taken > capacity or taken < 0`,
  'slots whose counter is not the sum of their bookings and what is kept for who waits': `
    select from slots
      left join (
        select slot_id, sum(places) as places from bookings
         where status not in ('CANCELLED', 'EXPIRED') group by slot_id) sold on sold.slot_id = slots.id
     where taken <> coalesce(sold.places, 0) + kept`,
  'bookings without a key, or keys without a booking': `
    select from bookings full join booking_keys on booking_id = bookings.id
     where bookings.id is null or booking_id is null`,
  'bookings of more than one key': `
    select from booking_keys group by booking_id having count(*) > 1`,
  'slots whose waiting list is not what they count': `
    select from slots where waiting <> (
      select count(*) from waiting_list where slot_id = slots.id and booking_id is null)`,
  'entries of a waiting list that do not know their booking': `
    select from booking_keys join waiting_list on waiting_list.id::text = booking_keys.key
     where scope = 'waiting list' and waiting_list.booking_id is distinct from booking_keys.booking_id`,
  'bookings that were confirmed without money': `
    select from bookings where status = 'CONFIRMED' and paid_at is null`,
} as const;

/** What is wrong now and must never be, while everybody buys. */
export async function wrongNow(pool: Pool): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, sql] of Object.entries(always)) {
    const { rowCount } = await pool.query(sql);
    if (rowCount) wrong.push(`${rowCount} ${name}`);
  }
  return wrong;
}
