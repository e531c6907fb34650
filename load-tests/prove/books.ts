import { stripeOf } from '@guichet/local-stack/e2e/stripe-books';
import type { World } from '@guichet/local-stack/e2e/world';
import type { Pool } from '@guichet/postgres/pool';

/** A booking as reservation has it at the end. */
export type Kept = {
  readonly id: string;
  readonly slotId: string;
  readonly email: string;
  readonly status: string;
  readonly places: number;
  readonly totalCents: number;
  readonly extended: boolean;
  readonly began: boolean;
  readonly paid: boolean;
  /** Whether passes were made of it: it was confirmed once, whatever it is now. */
  readonly confirmed: boolean;
};

/** What the provider took for a booking and has not, or has, given back. */
export type Taken = { readonly charges: number; readonly cents: number; readonly refunded: number };

export async function readBookings(pool: Pool): Promise<Kept[]> {
  const { rows } = await pool.query<Kept>(
    `select id, slot_id as "slotId", contact ->> 'email' as email, status, places,
            total_cents as "totalCents", extended, payment_began_at is not null as began,
            paid_at is not null as paid,
            exists (select from passes where booking_id = bookings.id) as confirmed
       from bookings`,
  );
  return rows;
}

/** The provider's own books, by booking: what Stripe itself would say. */
export async function readCharges(world: World): Promise<Map<string, Taken>> {
  const taken = new Map<string, Taken>();
  for await (const charge of stripeOf(world).charges.list({ limit: 100 })) {
    const bookingId = charge.metadata.bookingId;
    if (charge.status !== 'succeeded' || !bookingId) continue;
    const before = taken.get(bookingId) ?? { charges: 0, cents: 0, refunded: 0 };
    taken.set(bookingId, {
      charges: before.charges + 1,
      cents: before.cents + charge.amount,
      refunded: before.refunded + charge.amount_refunded,
    });
  }
  return taken;
}

/** How often each address was told by mail that its booking is confirmed. */
export async function readConfirmations(mails: Pool): Promise<Map<string, number>> {
  const { rows } = await mails.query<{ recipient: string; told: number }>(
    `select recipient, count(*)::integer as told from notifications
      where template = 'booking_confirmed' and state = 'sent' group by recipient`,
  );
  return new Map(rows.map(({ recipient, told }) => [recipient, told]));
}
