import { randomUUID } from 'node:crypto';
import { placeBooking } from '@guichet/contracts/bookings';
import { type Client, createClient } from '@guichet/contracts/client';
import { beginPaying } from '@guichet/contracts/payments';
import { quoteOffering } from '@guichet/contracts/quotes';
import type { Stack } from '@guichet/local-stack/buy/read-stack';
import { confirmCard } from '@guichet/local-stack/buy/stripe-card';
import type { OpenSlot } from '@guichet/local-stack/e2e/organiser';

/** Each request on a connection of its own: nobody has been here before. */
const strangers: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('connection', 'close');
  return fetch(input, { ...init, headers });
};

export type Bought = { id: string; reference: string; email: string };

/** People who come, buy one place by card, without an account, and leave. */
export function createVisitors(stack: Stack) {
  const api: Client = createClient({ baseUrl: stack.gateway, fetch: strangers });

  return async function buy({ offeringId, slotId }: OpenSlot): Promise<Bought> {
    const { quote } = await api.call(quoteOffering, {
      params: { id: offeringId },
      body: { slotId, party: { adult: 1 } },
    });
    const email = `ada.${randomUUID()}@example.com`;
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace', language: 'en' } as const;
    const { id, reference, manageToken } = await api.call(placeBooking, {
      idempotencyKey: randomUUID(),
      body: { quote, contact },
    });
    const begun = await api.call(beginPaying, {
      manageToken,
      idempotencyKey: randomUUID(),
      body: { bookingId: id, method: 'card' },
    });
    if (begun.provider !== 'stripe') throw new Error(`${reference} costs nothing.`);
    const { clientSecret } = begun;
    const paid = await confirmCard(stack, strangers, { clientSecret, card: '4242424242424242' });
    if (paid.outcome !== 'succeeded') throw new Error(`The card of ${reference}: ${paid.outcome}.`);
    return { id, reference, email };
  };
}
