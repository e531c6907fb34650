import { faultsOf } from './books.ts';
import { cutOffName, unaccounted } from './buyer.ts';
import {
  bookingsOf,
  createOfferingFor,
  createSlotOf,
  eventually,
  type OpenSlot,
  publish,
  showSlot,
  signIn,
  withdraw,
} from './organiser.ts';

/** What the buyers of a load test are told: what is on sale, and when the window opens. */
export type Sale = {
  readonly capacity: number;
  readonly slots: readonly OpenSlot[];
  readonly opensAt: number;
};

/** Buyers have so long to come before the window opens. */
const comingMs = 5_000;

/** The slot at that position; a load test opens as many as it names. */
export function slotOf({ slots }: Sale, at = 0): OpenSlot {
  const slot = slots[at];
  if (slot) return slot;
  throw new Error(`The sale has ${slots.length} slots, and none at ${at}.`);
}

/** k6's setup: an offering of the run's own, with so many slots, on sale. */
export function openSale(capacity: number, slotCount = 1, withinMs = comingMs): Sale {
  const token = signIn();
  const offeringId = createOfferingFor(token);
  const slots = Array.from({ length: slotCount }, () => createSlotOf(token, offeringId, capacity));
  publish(token, offeringId);
  for (const slot of slots) {
    eventually(
      () => (showSlot(slot)?.state === 'available' ? slot : undefined),
      () => `The slot was not on sale in time, but ${showSlot(slot)?.state ?? 'not there'}.`,
    );
  }
  return { capacity, slots, opensAt: Date.now() + withinMs };
}

const readBooks = (token: string, { capacity, slot }: { capacity: number; slot: OpenSlot }) => ({
  capacity,
  remaining: showSlot(slot)?.remaining ?? Number.NaN,
  bookings: bookingsOf(token, slot.slotId),
});

/**
 * k6's teardown: reads the books of each slot and throws, so that the run fails, when they cannot be
 * right. Holds lapse while they are read, so what does not agree is read again before it is a fault.
 */
export function closeSale({ capacity, slots }: Sale, judge = faultsOf): void {
  const token = signIn();
  for (const slot of slots) {
    let faults: string[] = [];
    const { bookings } = eventually(
      () => {
        const books = readBooks(token, { capacity, slot });
        faults = judge(books);
        return faults.length === 0 ? books : undefined;
      },
      () => `The books are wrong. ${faults.join(' ')}`,
    );
    const told = bookings.filter(({ contact }) => contact?.lastName !== cutOffName);
    unaccounted.add(-told.length);
  }
  for (const offeringId of new Set(slots.map((slot) => slot.offeringId)))
    withdraw(token, offeringId);
}
