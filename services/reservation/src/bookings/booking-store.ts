import type { ChangeBooking } from '@guichet/contracts/booking-changes';
import type { Queryable } from '@guichet/postgres/pool';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { BookingNow } from './booking.ts';

export const bookingColumns = `
  b.id, b.reference, b.status, b.organiser_id as "organiserId", b.offering_id as "offeringId",
  b.slot_id as "slotId", s.starts_at as "startsAt", s.ends_at as "endsAt",
  b.customer_id as "customerId", b.contact, b.attendees, b.accepted_terms as "acceptedTerms",
  b.terms_accepted_at as "termsAcceptedAt", b.places, b.quote, b.total_cents as "totalCents",
  b.tax_cents as "taxCents", b.currency, b.hold_expires_at as "holdExpiresAt", b.extended,
  b.payment_began_at as "paymentBeganAt", b.expiring_at as "expiringAt", b.paid_at as "paidAt",
  b.created_at as "createdAt", b.version,
  b.hold_expires_at <= now() - $2 * interval '1 millisecond' as lapsed,
  s.starts_at <= now() as departed, now() as now`;

/** Whether the quote said that names are asked; those from before that could be say nothing. */
const namesAsked = `quote @> '{"names": true}'`;

/**
 * Every statement about one booking. Deadlines are judged by the database's clock; `graceMs` is
 * what a hold lives on after the time that its owner was told.
 */
export const bookingStore = (db: Queryable, graceMs: number) => ({
  async find(id: string): Promise<BookingNow | undefined> {
    const { rows } = await db.query<BookingNow>(
      `select ${bookingColumns} from bookings b join slots s on s.id = b.slot_id where b.id = $1`,
      [id, graceMs],
    );
    return rows[0];
  },

  /** The booking, nobody else's to change until the transaction ends. */
  async lock(id: string): Promise<BookingNow | undefined> {
    const { rows } = await db.query<BookingNow>(
      `select ${bookingColumns} from bookings b join slots s on s.id = b.slot_id
        where b.id = $1 for no key update of b`,
      [id, graceMs],
    );
    return rows[0];
  },

  /** Holds the places for longer, once, and says whether it did. */
  async extend(id: string, byMs: number): Promise<boolean> {
    const { rowCount } = await db.query(
      `with held as (
         update bookings
            set hold_expires_at = hold_expires_at + $3 * interval '1 millisecond',
                extended = true, version = version + 1
          where id = $1
            and status = 'PENDING' and not extended and expiring_at is null
            and hold_expires_at > now() - $2 * interval '1 millisecond'
         returning *)
       select tell_booking(held::bookings, 'booking.extended', '{}', $4) from held`,
      [id, graceMs, byMs, currentTraceparent()],
    );
    return rowCount === 1;
  },

  /** Gives a booking that is nobody's own to a customer, and says whether it did. */
  async claim(id: string, customerId: string): Promise<boolean> {
    const { rowCount } = await db.query(
      `update bookings set customer_id = $2, version = version + 1
        where id = $1 and customer_id is null`,
      [id, customerId],
    );
    return rowCount === 1;
  },

  /** Changes what is given, all of it or nothing, and says whether it did. */
  async change(id: string, changes: ChangeBooking): Promise<boolean> {
    const { contact, language, attendees, acceptedTerms } = changes;
    const { rowCount } = await db.query(
      `update bookings b
          set contact = case when $3::text is null then coalesce($2::jsonb, contact)
                             else jsonb_set(contact, '{language}', to_jsonb($3::text)) end,
              attendees = coalesce($4::jsonb, attendees),
              accepted_terms = coalesce($5, accepted_terms),
              terms_accepted_at = case when $5::text is null then terms_accepted_at
                                       else coalesce(terms_accepted_at, now()) end,
              version = version + 1
        where id = $1
          and status in ('PENDING', 'CONFIRMED', 'EMBARKED')
          and ($3::text is null or contact is not null)
          and ($5::text is null or quote ->> 'terms' = $5)
          and ($4::jsonb is null
               or ${namesAsked} and jsonb_array_length($4::jsonb) = places
                  and exists (select from slots where id = b.slot_id and starts_at > now()))`,
      [id, contact, language, attendees && JSON.stringify(attendees), acceptedTerms],
    );
    return rowCount === 1;
  },

  /**
   * Begins a payment if the hold still stands and everybody who must be named is, and grants time to make it: at least `grantMs` from
   * now, but no hold lives longer than `mostMs` however often a payment is begun.
   */
  async beginPayment(id: string, grantMs: number, mostMs: number): Promise<boolean> {
    const { rowCount } = await db.query(
      `update bookings
          set payment_began_at = coalesce(payment_began_at, now()),
              hold_expires_at = greatest(hold_expires_at, least(
                date_trunc('milliseconds', now()) + $3 * interval '1 millisecond',
                created_at + $4 * interval '1 millisecond')),
              version = version + 1
        where id = $1
          and status = 'PENDING' and expiring_at is null and contact is not null
          and not (${namesAsked} and attendees = '[]')
          and hold_expires_at > now() - $2 * interval '1 millisecond'`,
      [id, graceMs, grantMs, mostMs],
    );
    return rowCount === 1;
  },

  /** Notes that the booking's money has come; a second time it is not news. */
  async notePaid(id: string): Promise<boolean> {
    const { rowCount } = await db.query(
      'update bookings set paid_at = now(), version = version + 1 where id = $1 and paid_at is null',
      [id],
    );
    return rowCount === 1;
  },

  /** Takes places that a lapsed booking gave back, if they are still to be had. */
  async takeAgain(booking: Pick<BookingNow, 'slotId' | 'places'>): Promise<boolean> {
    const { rows } = await db.query<{ taken: boolean }>(
      `select take_or_free_places($1, $2, true, $3 * interval '1 millisecond', null) as taken`,
      [booking.slotId, booking.places, graceMs],
    );
    return rows[0]?.taken === true;
  },

  async confirm(id: string): Promise<void> {
    await db.query(
      `update bookings
          set status = 'CONFIRMED', expiring_at = null, expiring_to = null, version = version + 1
        where id = $1`,
      [id],
    );
  },

  /** Ends a booking that this transaction has locked, and gives its places back. */
  async end(id: string, becoming: 'EXPIRED' | 'CANCELLED', extra: object = {}): Promise<void> {
    await db.query(`select end_bookings(array[$1]::uuid[], $2, $3, $4, $5)`, [
      id,
      becoming,
      becoming === 'EXPIRED' ? 'booking.expired' : 'booking.cancelled',
      extra,
      currentTraceparent(),
    ]);
  },

  /** Puts a fact about the booking, with its state as it is now, into the outbox. */
  async tell(id: string, fact: `booking.${string}`, extra: object = {}): Promise<void> {
    await db.query(`select tell_booking(b, $2, $3, $4) from bookings b where b.id = $1`, [
      id,
      fact,
      extra,
      currentTraceparent(),
    ]);
  },
});
