import type { Contact } from '@guichet/contracts/bookings';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Queryable } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { Placement } from './placement.ts';

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

/** What an error of the database means for a placing; anything else is thrown on. */
function placementOfError(error: unknown): Placement {
  const { code, where } = error as { code?: string; where?: string };
  if (code === '55P03') {
    return { outcome: where?.includes('booking_keys') ? 'in_flight' : 'busy' };
  }
  if (code === '40P01' || code === '40001') return { outcome: 'contended' };
  if (isConnectionLost(error)) return { outcome: 'lost' };
  throw error;
}

/** The hot path: one statement, one commit. What it does is in migrations/0006_placing.sql. */
export const placingStore = (db: Queryable) => ({
  async place({ scope, key, bodyHash }: Claim, booking: NewBooking): Promise<Placement> {
    try {
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
    } catch (error) {
      return placementOfError(error);
    }
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
  async forgetOldKeys(): Promise<void> {
    await db.query(
      `delete from booking_keys where (scope, key) in (
         select scope, key from booking_keys
          where created_at < now() - interval '24 hours' order by created_at limit 1000)`,
    );
  },
});
