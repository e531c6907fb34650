import type { Kept, Taken } from './books.ts';

/** Why a booking and the money of it do not go together; undefined where they do. */
export function moneyWrong(
  { status, totalCents, places }: Pick<Kept, 'status' | 'totalCents' | 'places'>,
  money: Taken | undefined,
): string | undefined {
  if (!money) {
    return status === 'CONFIRMED' && totalCents > 0 ? 'is confirmed and was not paid' : undefined;
  }
  const { charges, cents, refunded } = money;
  if (status === 'CONFIRMED') {
    if (charges !== 1 || cents !== totalCents || refunded !== 0) {
      return `is confirmed for ${totalCents}: ${charges} charges of ${cents}, ${refunded} given back`;
    }
    return undefined;
  }
  return refunded === cents
    ? undefined
    : `is ${status} (${places} places), and ${cents - refunded} cents were kept`;
}

/** What is wrong with the bookings when everything has come to rest. */
export function bookingsWrong(
  bookings: readonly Kept[],
  charges: ReadonlyMap<string, Taken>,
  confirmations: ReadonlyMap<string, number>,
): string[] {
  const wrong: string[] = [];
  for (const booking of bookings) {
    const { id, status, email, confirmed, paid } = booking;
    const money = moneyWrong(booking, charges.get(id));
    if (money) wrong.push(`booking ${id} ${money}`);
    if (status === 'PENDING') wrong.push(`booking ${id} is still PENDING`);
    // The inbox: each fact about money and each confirmation was handled, and handled once.
    if (charges.has(id) && !paid) wrong.push(`booking ${id} has not heard of its money`);
    const told = confirmations.get(email) ?? 0;
    if (told !== Number(confirmed)) {
      wrong.push(
        `booking ${id} was ${confirmed ? '' : 'not '}confirmed, and told so ${told} times`,
      );
    }
  }
  const known = new Set(bookings.map(({ id }) => id));
  for (const id of charges.keys()) {
    if (!known.has(id)) wrong.push(`money was taken for ${id}, which is no booking`);
  }
  return wrong;
}
