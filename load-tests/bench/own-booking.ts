import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeBooking } from '@guichet/contracts/bookings';
import type { Client } from '@guichet/contracts/client';
import { availability } from '@guichet/contracts/slots';

/** Whose slot it is: nobody else books it, so that what is left of it is known. */
export type Own = { offeringId: string; slotId: string; quote: string };

/** Seldom enough not to be a load itself. */
const pauseMs = 50;

/**
 * Books in the middle of a crowd, now and then, and looks at once whether the place is gone.
 * Answers how often it looked, and how often it was shown what was before its own booking.
 */
export async function watchOwn(api: Client, own: Own, until: AbortSignal) {
  const book = () =>
    api.call(placeBooking, { idempotencyKey: randomUUID(), body: { quote: own.quote } });
  const remaining = async ({ manageToken }: { manageToken: string }) => {
    const query = { offeringId: own.offeringId };
    const { items } = await api.call(availability, { query, manageToken });
    return items.find(({ slotId }) => slotId === own.slotId)?.remaining ?? Number.NaN;
  };
  // Counted from a first booking: who has none may be shown what was before the books were emptied.
  let left = await remaining(await book());
  let looks = 0;
  let stale = 0;
  while (!until.aborted) {
    const booking = await book();
    left -= 1;
    looks += 1;
    if ((await remaining(booking)) !== left) stale += 1;
    await sleep(pauseMs);
  }
  return { looks, stale };
}
