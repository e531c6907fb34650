import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeBooking } from '@guichet/contracts/bookings';
import { type Client, createClient, ProblemAnswer } from '@guichet/contracts/client';
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

const againAfterMs = 2_000;

/** Whoever is told to come again does, once; its key makes one purchase of both. */
async function ask<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ProblemAnswer && error.status === 503)) throw error;
    await sleep(againAfterMs);
    return call();
  }
}

export type Bought = { id: string; reference: string; email: string };

/** People who come, buy one place by card, without an account, and leave. */
export function createVisitors(stack: Stack) {
  const api: Client = createClient({ baseUrl: stack.gateway, fetch: strangers });

  return async function buy({ offeringId, slotId }: OpenSlot): Promise<Bought> {
    const { quote } = await ask(() =>
      api.call(quoteOffering, {
        params: { id: offeringId },
        body: { slotId, party: { adult: 1 } },
      }),
    );
    const email = `ada.${randomUUID()}@example.com`;
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace', language: 'en' } as const;
    const holding = { idempotencyKey: randomUUID(), body: { quote, contact } };
    const { id, reference, manageToken } = await ask(() => api.call(placeBooking, holding));
    const paying = {
      manageToken,
      idempotencyKey: randomUUID(),
      body: { bookingId: id, method: 'card' as const },
    };
    const begun = await ask(() => api.call(beginPaying, paying));
    if (begun.provider !== 'stripe') throw new Error(`${reference} costs nothing.`);
    const { clientSecret } = begun;
    const paid = await confirmCard(stack, strangers, { clientSecret, card: '4242424242424242' });
    if (paid.outcome !== 'succeeded') throw new Error(`The card of ${reference}: ${paid.outcome}.`);
    return { id, reference, email };
  };
}
