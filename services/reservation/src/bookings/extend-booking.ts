import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import type { BookingNow, BookingRefusal } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/** Why a hold cannot be extended; the statement has said that it cannot. */
function decideNoExtension(booking: BookingNow): Refusal {
  if (booking.status !== 'PENDING') {
    return new Refusal<BookingRefusal>(
      'booking_not_pending',
      'Only a booking that waits for payment can be held.',
    );
  }
  if (booking.extended)
    return new Refusal<BookingRefusal>('already_extended', 'The hold was extended before.');
  return new Refusal<BookingRefusal>('hold_expired', 'The hold is over; choose your places again.');
}

/** Holds the places for longer, once: the timer can be adjusted (WCAG 2.2.1). */
export const extendBooking =
  ({
    pool,
    manageTokens,
    graceMs,
    extensionMs,
    told,
  }: {
    pool: Pool;
    manageTokens: ManageTokens;
    graceMs: number;
    extensionMs: number;
    told: () => void;
  }) =>
  async (id: string, visitor: Visitor): Promise<BookingNow> => {
    const store = bookingStore(pool, graceMs);
    reached(await store.find(id), visitor, manageTokens, 'write');

    const extended = await store.extend(id, extensionMs);
    const booking = reached(await store.find(id), visitor, manageTokens, 'write');
    if (!extended) throw decideNoExtension(booking);
    told();
    return booking;
  };
export type ExtendBooking = ReturnType<typeof extendBooking>;
