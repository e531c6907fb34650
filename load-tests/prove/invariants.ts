import type { Pool } from '@guichet/postgres/pool';
import type { Kept, Taken } from './books.ts';

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

/** Why a booking and the money of it do not go together; undefined where they do. */
export function moneyWrong(
  { status, totalCents, places }: Pick<Kept, 'status' | 'totalCents' | 'places'>,
  money: Taken | undefined,
): string | undefined {
  if (!money) {
    return status === 'CONFIRMED' && totalCents > 0 ? 'is confirmed and was not paid' : undefined;
  }
  const { charges, cents, refunded } = money;
  if (status === 'CONFIRMED') {
    if (charges !== 1 || cents !== totalCents || refunded !== 0) {
      return `is confirmed for ${totalCents}: ${charges} charges of ${cents}, ${refunded} given back`;
    }
    return undefined;
  }
  return refunded === cents
    ? undefined
    : `is ${status} (${places} places), and ${cents - refunded} cents were kept`;
}

/** What is wrong with the bookings when everything has come to rest. */
export function bookingsWrong(
  bookings: readonly Kept[],
  charges: ReadonlyMap<string, Taken>,
  confirmations: ReadonlyMap<string, number>,
): string[] {
  const wrong: string[] = [];
  for (const booking of bookings) {
    const { id, status, email, confirmed, paid } = booking;
    const money = moneyWrong(booking, charges.get(id));
    if (money) wrong.push(`booking ${id} ${money}`);
    if (status === 'PENDING') wrong.push(`booking ${id} is still PENDING`);
    // The inbox: each fact about money and each confirmation was handled, and handled once.
    if (charges.has(id) && !paid) wrong.push(`booking ${id} has not heard of its money`);
    const told = confirmations.get(email) ?? 0;
    if (told !== Number(confirmed)) {
      wrong.push(
        `booking ${id} was ${confirmed ? '' : 'not '}confirmed, and told so ${told} times`,
      );
    }
  }
  const known = new Set(bookings.map(({ id }) => id));
  for (const id of charges.keys()) {
    if (!known.has(id)) wrong.push(`money was taken for ${id}, which is no booking`);
  }
  return wrong;
}
