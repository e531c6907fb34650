import type { MessageData } from '@guichet/contracts/messages';
import { PermanentError } from '@guichet/messaging/bus';
import { firstDelivery } from '@guichet/postgres/inbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction, type Tx } from '@guichet/postgres/transaction';
import { step } from '@guichet/telemetry/step';
import type { ManageTokens } from '../access/manage-token.ts';
import { issuePasses } from '../passes/issue-passes.ts';
import type { PassSigner, PassSignerOf } from '../passes/pass-signer.ts';
import type { Booking, BookingNow } from './booking.ts';
import { bookingStore } from './booking-store.ts';

type Paid = MessageData<'payment.succeeded'>;
export const paymentConsumer = 'reservation.payments';

/** Never confirmed by what merely looks like this booking's money: a person decides. */
function assertMatches(booking: BookingNow | undefined, paid: Paid): asserts booking is BookingNow {
  if (!booking)
    throw new PermanentError(`Money came for booking ${paid.bookingId}, which is none.`);
  const isSame =
    booking.totalCents === paid.amountCents &&
    booking.currency === paid.currency &&
    booking.organiserId === paid.organiserId;
  if (!isSame) {
    throw new PermanentError(
      `Money for booking ${booking.id} is not what it costs: ` +
        `${paid.amountCents} ${paid.currency} instead of ${booking.totalCents} ${booking.currency}.`,
    );
  }
}

type WhyRefunded = MessageData<'booking.refund_due'>['reason'];

/** What became of a booking by its money: of one that had lapsed, whether it was late. */
export type Settled = { readonly booking: BookingNow; readonly outcome: 'confirm' | WhyRefunded };

/**
 * What becomes of a booking whose money has come: confirmed while its places are its own, or when
 * they can be taken again; otherwise all the money goes back. A cancelled booking stays cancelled.
 */
async function settle(tx: Tx, booking: Booking, graceMs: number): Promise<'confirm' | WhyRefunded> {
  if (booking.status === 'PENDING') return 'confirm';
  if (booking.status !== 'EXPIRED') return 'late_payment_cancelled';
  const isTaken = await bookingStore(tx, graceMs).takeAgain(booking);
  return isTaken ? 'confirm' : 'late_payment_unavailable';
}

/**
 * Handles `payment.succeeded`, once for a booking however often it is told: answers what became of
 * the booking as it was, and nothing where that is no news.
 */
export const confirmBooking = ({
  pool,
  passSignerOf,
  manageTokens,
  graceMs,
  told,
}: {
  pool: Pool;
  passSignerOf: PassSignerOf;
  manageTokens: ManageTokens;
  graceMs: number;
  told: () => void;
}) => {
  async function confirm(tx: Tx, booking: Booking, signer: PassSigner): Promise<void> {
    const store = bookingStore(tx, graceMs);
    await store.confirm(booking.id);
    const passes = await issuePasses(tx, booking, signer);
    await store.tell(booking.id, 'booking.confirmed', {
      passes,
      manageToken: manageTokens.make(booking.id),
    });
  }

  return async (messageId: string, paid: Paid): Promise<Settled | undefined> => {
    // Before the transaction: the first pass of an organiser makes its key on another connection.
    const signer = await passSignerOf(paid.organiserId);

    const settled = await inTransaction(pool, async (tx) => {
      if (!(await firstDelivery(tx, paymentConsumer, messageId))) return undefined;
      const store = bookingStore(tx, graceMs);
      const booking = await store.lock(paid.bookingId);
      assertMatches(booking, paid);
      if (!(await store.notePaid(booking.id))) return undefined;

      const outcome = await settle(tx, booking, graceMs);
      if (outcome === 'confirm') {
        await confirm(tx, booking, signer);
      } else {
        await store.tell(booking.id, 'booking.refund_due', {
          refundCents: paid.amountCents,
          reason: outcome,
        });
      }
      return { booking, outcome };
    });
    step('booking.paid');
    told();
    return settled;
  };
};
export type ConfirmBooking = ReturnType<typeof confirmBooking>;
