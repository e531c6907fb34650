import type { Operation } from './history/operation.ts';
import type { Books } from './settle.ts';

/** What became of those who were not told: what they asked for is there, is not, or was a look. */
export type Resolved = 'happened' | 'did not happen' | 'only looked';

/** Looks an operation without an answer up in the books: a hold by its key, the rest by its booking. */
export function createResolver(
  { bookings, charges }: Books,
  bookingOfKey: ReadonlyMap<string, string>,
): (operation: Operation) => Resolved {
  const byId = new Map(bookings.map((booking) => [booking.id, booking]));

  function hasHappened({ op, key, bookingId = '' }: Operation): boolean {
    const booking = byId.get(bookingId);
    switch (op) {
      case 'hold':
        return bookingOfKey.has(key ?? '');
      case 'cancel':
        return booking?.status === 'CANCELLED';
      case 'extend':
        return booking?.extended === true;
      case 'begin':
        return booking?.began === true;
      default:
        return charges.has(bookingId);
    }
  }
  return (operation) => {
    if (operation.op === 'look' || operation.op === 'show') return 'only looked';
    return hasHappened(operation) ? 'happened' : 'did not happen';
  };
}

/** Answers that do not hold: what somebody was told, and the books have not. */
export function lostAnswers(operations: readonly Operation[], { bookings, charges }: Books) {
  const byId = new Map(bookings.map((booking) => [booking.id, booking]));
  const holds = ({ op, bookingId = '', status, places }: Operation): boolean => {
    const booking = byId.get(bookingId);
    if (op === 'look') return true;
    if (!booking) return false;
    if (op === 'hold') return booking.places === places;
    if (op === 'extend') return booking.extended;
    if (op === 'begin') return booking.began;
    if (op === 'cancel') return status !== 'CANCELLED' || booking.status === 'CANCELLED';
    if (op === 'card') return status !== 'succeeded' || charges.has(bookingId);
    return status !== 'CONFIRMED' || booking.confirmed;
  };
  return operations.filter((operation) => operation.outcome === 'ok' && !holds(operation));
}
