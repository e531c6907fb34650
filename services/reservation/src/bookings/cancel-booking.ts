import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import { fenceHold } from '../holds/fence-hold.ts';
import type { RunFence } from '../holds/run-fence.ts';
import { type BookingNow, type BookingRefusal, hasEnded } from './booking.ts';
import { bookingStore } from './booking-store.ts';
import { decideRefund } from './refund.ts';

/** What cancelling now would give back. A booking that is not paid costs nothing to cancel. */
export function decideCancellation(booking: BookingNow) {
  if (hasEnded(booking) || booking.status === 'EMBARKED') {
    throw new Refusal<BookingRefusal>(
      'booking_ended',
      'This booking is over and cannot be cancelled.',
    );
  }
  if (booking.departed) {
    throw new Refusal<BookingRefusal>(
      'slot_departed',
      'This date has passed; the booking cannot be cancelled.',
    );
  }
  if (booking.status === 'PENDING') return { refundCents: 0, keptCents: 0, percent: 100 };
  return decideRefund({
    paidCents: booking.totalCents,
    rules: booking.quote.refunds,
    startsAt: booking.startsAt,
    now: booking.now,
  });
}

/**
 * Cancels a booking. One that is being paid goes through the fence like an expiry: its places are
 * free only when payment has closed, and a payment that cannot be closed any more wins.
 */
export const cancelBooking =
  ({
    pool,
    manageTokens,
    runFence,
    graceMs,
    told,
  }: {
    pool: Pool;
    manageTokens: ManageTokens;
    runFence: RunFence;
    graceMs: number;
    told: () => void;
  }) =>
  async (id: string, visitor: Visitor): Promise<BookingNow> => {
    const isFenced = await inTransaction(pool, async (tx) => {
      const store = bookingStore(tx, graceMs);
      const booking = reached(await store.lock(id), visitor, manageTokens, 'write');
      const { refundCents } = decideCancellation(booking);
      if (booking.status === 'PENDING' && booking.paymentBeganAt) {
        await fenceHold(tx, id);
        return true;
      }
      await store.end(id, 'CANCELLED', { refundCents });
      return false;
    });
    told();

    if (isFenced && (await runFence({ id, becoming: 'CANCELLED' })) === 'stays') {
      throw new Refusal<BookingRefusal>(
        'payment_in_progress',
        'A payment is under way. The booking is cancelled as soon as the payment is, unless money arrives.',
      );
    }
    return reached(await bookingStore(pool, graceMs).find(id), visitor, manageTokens, 'write');
  };
export type CancelBooking = ReturnType<typeof cancelBooking>;
