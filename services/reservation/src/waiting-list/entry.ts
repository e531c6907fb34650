import type { BookingStatus, Contact } from '@guichet/contracts/bookings';
import type { ChosenOption, Party } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import type { EntryStatus, EntryView } from '@guichet/contracts/waiting-list';
import type { SlotRefusal } from '../slots/slot.ts';

/** Somebody who waits for places of a slot. */
export type Entry = {
  id: string;
  organiserId: string;
  offeringId: string;
  slotId: string;
  customerId: string | null;
  contact: Contact;
  party: Party;
  options: ChosenOption[];
  places: number;
};

/** The `Idempotency-Key` that an entry was made with, of one caller, and what was asked with it. */
export type EntryClaim = { key: string; bodyHash: string };

/** An entry, and how it stands at this moment. */
export type EntryNow = Entry & {
  startsAt: Date;
  joinedAt: Date;
  /** Where it is in the order of its slot. */
  position: string;
  ahead: number;
  bookingId: string | null;
  bookingStatus: BookingStatus | null;
};

export type WaitingListRefusal =
  | 'places_left'
  | 'already_waiting'
  | 'waiting_list_full'
  | 'idempotency_key_reused'
  | 'catalog_unavailable'
  | 'entry_not_found'
  | 'places_offered';

/** A slot that must be there. */
export function foundSlot<S>(slot: S | undefined): S {
  if (slot) return slot;
  throw new Refusal<SlotRefusal>('slot_not_found', 'There is no such slot.');
}

const gone: readonly BookingStatus[] = ['CANCELLED', 'EXPIRED'];

/** What has become of an entry: what has become of the booking that was offered, if one was. */
export function statusOf({ bookingStatus }: Pick<EntryNow, 'bookingStatus'>): EntryStatus {
  if (bookingStatus === null) return 'waiting';
  if (bookingStatus === 'PENDING') return 'offered';
  return gone.includes(bookingStatus) ? 'lapsed' : 'booked';
}

export const entryView = (entry: EntryNow): EntryView => ({
  id: entry.id,
  offeringId: entry.offeringId,
  slotId: entry.slotId,
  startsAt: entry.startsAt.toISOString(),
  places: entry.places,
  status: statusOf(entry),
  ahead: entry.ahead,
});
