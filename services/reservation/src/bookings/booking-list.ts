import type { BookingStatus } from '@guichet/contracts/bookings';
import type { Queryable } from '@guichet/postgres/pool';
import type { BookingNow } from './booking.ts';
import { bookingColumns } from './booking-store.ts';

export type BookingFilters = {
  slotId?: string | undefined;
  /** The slot starts in `[from, to)`. */
  from?: Date | undefined;
  to?: Date | undefined;
  status?: BookingStatus | undefined;
  /** The beginning of a reference, an e-mail address or a last name. */
  q?: string | undefined;
  limit: number;
  /** The last booking of the page before. */
  after?: string | undefined;
};

/** Whose bookings: a customer's own, or all that an organiser has. */
export type BookingOwner = { customerId: string } | { organiserId: string };

const beginsWith = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Lists bookings, the newest first, one more than asked where there is another page. */
export async function listBookings(
  db: Queryable,
  graceMs: number,
  owner: BookingOwner,
  { slotId, from, to, status, q, limit, after }: BookingFilters,
): Promise<BookingNow[]> {
  const { rows } = await db.query<BookingNow>(
    `select ${bookingColumns}
       from bookings b join slots s on s.id = b.slot_id
      where ${'customerId' in owner ? 'b.customer_id' : 'b.organiser_id'} = $1
        and ($3::uuid is null or b.slot_id = $3)
        and ($4::timestamptz is null or s.starts_at >= $4)
        and ($5::timestamptz is null or s.starts_at < $5)
        and ($6::text is null or b.status = $6)
        and ($7::text is null
             or replace(b.reference, '-', '') like replace(upper($7), '-', '')
             or lower(b.contact ->> 'email') like lower($7)
             or lower(b.contact ->> 'lastName') like lower($7))
        and ($8::uuid is null or b.id < $8)
      order by b.id desc
      limit $9`,
    [
      'customerId' in owner ? owner.customerId : owner.organiserId,
      graceMs,
      slotId,
      from,
      to,
      status,
      q === undefined ? undefined : beginsWith(q),
      after,
      limit + 1,
    ],
  );
  return rows;
}
