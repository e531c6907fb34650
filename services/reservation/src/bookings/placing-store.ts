import type { Contact } from '@guichet/contracts/bookings';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Queryable } from '@guichet/postgres/pool';

/** Why a valid quote is not sold. */
export type PlacingRefusal =
  | 'slot_not_found'
  | 'quote_mismatch'
  | 'offering_withdrawn'
  | 'slot_cancelled'
  | 'slot_departed'
  | 'slot_closed'
  | 'not_on_sale'
  | 'sold_out';

export type Placed = {
  outcome: 'placed' | 'replay';
  bookingId: string;
  reference: string;
  holdExpiresAt: Date;
  totalCents: number;
  currency: string;
  /** The version of the key that makes the booking's manage token. */
  tokenKey: number;
};
export type Placement =
  | Placed
  | { outcome: 'reused' | 'reference_taken' | 'contended' | PlacingRefusal };

/** The claim of an `Idempotency-Key`: one effect for one key of one caller. */
export type Claim = { scope: string; key: string; bodyHash: string };

export type NewBooking = {
  id: string;
  reference: string;
  customerId: string | null;
  contact: Contact | null;
  quote: QuoteClaims;
  holdMs: number;
  graceMs: number;
  tokenKey: number;
  traceparent: string | null;
};

const placementColumns = `
  outcome, booking_id as "bookingId", reference, hold_expires_at as "holdExpiresAt",
  total_cents as "totalCents", currency, token_key as "tokenKey"`;

/** The hot path: one statement, one commit. What it does is in migrations/0006_placing.sql. */
export const placingStore = (db: Queryable) => ({
  async place({ scope, key, bodyHash }: Claim, booking: NewBooking): Promise<Placement> {
    const { rows } = await db.query<Placement>({
      name: 'place_booking',
      text: `select ${placementColumns} from place_booking($1, $2, $3, $4, $5, $6, $7, $8, $9,
               $10 * interval '1 millisecond', $11 * interval '1 millisecond', $12)`,
      values: [
        scope,
        key,
        bodyHash,
        booking.tokenKey,
        booking.id,
        booking.reference,
        booking.customerId,
        booking.contact,
        booking.quote,
        booking.holdMs,
        booking.graceMs,
        booking.traceparent,
      ],
    });
    return rows[0] as Placement;
  },

  /** What was answered to this key before, if it was. */
  async replayOf({ scope, key, bodyHash }: Claim): Promise<Placement | undefined> {
    const { rows } = await db.query<Placement>(
      `select ${placementColumns} from replay_of($1, $2, $3) where outcome is not null`,
      [scope, key, bodyHash],
    );
    return rows[0];
  },

  /** Keys may be used anew after a day, as those of Stripe. */
  async forgetOldKeys(): Promise<number> {
    const { rowCount } = await db.query(
      `delete from booking_keys where (scope, key) in (
         select scope, key from booking_keys
          where created_at < now() - interval '24 hours' order by created_at limit 1000)`,
    );
    return rowCount ?? 0;
  },
});
