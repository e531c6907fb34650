import type { ChangeBooking as Changes } from '@guichet/contracts/booking-changes';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { reached, type Visitor } from '../access/claimant.ts';
import type { ManageTokens } from '../access/manage-token.ts';
import { asksNames, type BookingNow, type BookingRefusal, hasEnded } from './booking.ts';
import { bookingStore } from './booking-store.ts';

/** Why a booking cannot be changed so; the statement has said that it cannot. */
export function decideNoChange(
  booking: Pick<BookingNow, 'status' | 'quote' | 'places' | 'departed'>,
  { attendees, acceptedTerms }: Changes,
): Refusal {
  const refuse = (code: BookingRefusal, sentence: string) => new Refusal(code, sentence);
  if (hasEnded(booking)) {
    return refuse('booking_ended', 'This booking is over and cannot be changed.');
  }
  if (attendees && !asksNames(booking)) {
    return refuse('attendees_not_asked', 'Names are not asked here; the contact stands for all.');
  }
  if (attendees && attendees.length !== booking.places) {
    return refuse(
      'attendees_mismatch',
      `Name one attendee for each place: there are ${booking.places}, and ${attendees.length} came.`,
    );
  }
  if (attendees && booking.departed) {
    return refuse('slot_departed', 'This date has passed; the attendees cannot be changed.');
  }
  if (acceptedTerms !== undefined && acceptedTerms !== booking.quote.terms) {
    return refuse(
      'terms_mismatch',
      `The terms of this booking are version ${booking.quote.terms}: those are the ones to accept.`,
    );
  }
  return refuse('contact_missing', 'There is no contact yet: give it whole, with its language.');
}

/**
 * Sets who is written to and in which language, who takes the places, and that the terms are
 * accepted: everything at once or nothing. A contact, and the names where they are asked, are needed before the booking can be paid.
 */
export const changeBooking =
  ({ pool, manageTokens, graceMs }: { pool: Pool; manageTokens: ManageTokens; graceMs: number }) =>
  async (id: string, visitor: Visitor, changes: Changes): Promise<BookingNow> => {
    const store = bookingStore(pool, graceMs);
    reached(await store.find(id), visitor, manageTokens, 'write');

    const changed = await store.change(id, changes);
    const booking = reached(await store.find(id), visitor, manageTokens, 'write');
    if (!changed) throw decideNoChange(booking, changes);
    return booking;
  };
export type ChangeBooking = ReturnType<typeof changeBooking>;
