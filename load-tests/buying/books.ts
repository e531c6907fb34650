import type { BookingStatus } from '@guichet/contracts/bookings';

/** What the organiser sees of a slot: the counter and the bookings behind it. */
export type SlotBooks = {
  readonly capacity: number;
  readonly remaining: number;
  readonly bookings: readonly {
    readonly id: string;
    readonly status: BookingStatus;
    readonly places: number;
  }[];
};

/** What these books say that cannot be, a sentence each; none when they are right. */
export function faultsOf({ capacity, remaining, bookings }: SlotBooks): string[] {
  const live = bookings.filter(({ status }) => status !== 'CANCELLED' && status !== 'EXPIRED');
  const places = live.reduce((sum, booking) => sum + booking.places, 0);
  const taken = capacity - remaining;
  const ids = new Set(bookings.map(({ id }) => id));
  return [
    ...(places > capacity ? [`${places} places are booked of ${capacity}: oversold.`] : []),
    ...(taken === places
      ? []
      : [`The counter says ${taken} places are taken, the bookings say ${places}.`]),
    ...(ids.size === bookings.length
      ? []
      : [`A booking is listed twice: ${bookings.length} rows, ${ids.size} bookings.`]),
  ];
}

/** The same of a slot that more wanted than it has places: exactly all of them are sold. */
export const faultsOfSoldOut = (books: SlotBooks): string[] => [
  ...faultsOf(books),
  ...(books.remaining === 0 ? [] : [`${books.remaining} places are left of a slot that sold out.`]),
];
