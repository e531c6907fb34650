import type { Claimant } from '@guichet/contracts/internal';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { reached } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import { asksNames, type BookingNow, type BookingRefusal } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/** Why a payment cannot begin; the statement has said that it cannot. */
function decideNoPayment(booking: BookingNow): Refusal {
  if (booking.status !== 'PENDING') {
    return new Refusal<BookingRefusal>(
      'booking_not_pending',
      'Only a booking that waits for payment can be paid.',
    );
  }
  const isHeld = !booking.lapsed && !booking.expiringAt;
  if (isHeld && !booking.contact) {
    return new Refusal<BookingRefusal>(
      'contact_missing',
      'Say who the booking is for before paying it.',
    );
  }
  if (isHeld && asksNames(booking) && booking.attendees.length === 0) {
    return new Refusal<BookingRefusal>(
      'attendees_missing',
      'Name the attendee of each place before paying the booking.',
    );
  }
  return new Refusal<BookingRefusal>('hold_expired', 'The hold is over; choose your places again.');
}

/**
 * Begins paying: one conditional update, so that a hold that expires at the same moment is either
 * paid for or freed, never both. Beginning again, for another attempt, is allowed.
 */
export const beginPayment =
  ({
    pool,
    manageTokens,
    graceMs,
    paymentGrantMs,
    longestHoldMs,
  }: {
    pool: Pool;
    manageTokens: ManageTokens;
    graceMs: number;
    paymentGrantMs: number;
    longestHoldMs: number;
  }) =>
  async (id: string, claimant: Claimant): Promise<BookingNow> => {
    const store = bookingStore(pool, graceMs);
    reached(await store.find(id), claimant, manageTokens, 'write');

    const begun = await store.beginPayment(id, paymentGrantMs, longestHoldMs);
    const booking = reached(await store.find(id), claimant, manageTokens, 'write');
    if (!begun) throw decideNoPayment(booking);
    return booking;
  };
export type BeginPayment = ReturnType<typeof beginPayment>;
