import { randomUUID } from 'node:crypto';
import { placeBooking } from '@guichet/contracts/bookings';
import { type Client, createClient } from '@guichet/contracts/client';
import { beginPaying } from '@guichet/contracts/payments';
import { quoteOffering } from '@guichet/contracts/quotes';
import type { Stack } from '@guichet/local-stack/buy/read-stack';
import { confirmCard } from '@guichet/local-stack/buy/stripe-card';

/** Each request on a connection of its own: nobody has been here before. */
const strangers: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('connection', 'close');
  return fetch(input, { ...init, headers });
};

type Visit = { offeringId: string; slotId: string; fare: 'adult' | 'student' };
export type Bought = { id: string; reference: string; email: string };

/** People who come, buy one place without an account, by card where it costs something, and leave. */
export function createVisitors(stack: Stack) {
  const api: Client = createClient({ baseUrl: stack.gateway, fetch: strangers });

  return async function buy({ offeringId, slotId, fare }: Visit): Promise<Bought> {
    const { quote } = await api.call(quoteOffering, {
      params: { id: offeringId },
      body: { slotId, party: { [fare]: 1 } },
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
    if (begun.provider === 'stripe') {
      const { clientSecret } = begun;
      const { outcome } = await confirmCard(stack, strangers, {
        clientSecret,
        card: '4242424242424242',
      });
      if (outcome !== 'succeeded') throw new Error(`The card of ${reference}: ${outcome}.`);
    }
    return { id, reference, email };
  };
}
