import type Stripe from 'stripe';
import type { PaymentStore } from '../payments/payment-store.ts';
import { decideSettlement } from '../payments/settle.ts';
import type { Intents } from '../provider/intents.ts';
import type { GiveBack } from '../refunds/give-back.ts';
import { inTraceOf } from './in-trace-of.ts';

const idOf = (object: string | { id: string } | null): string | undefined =>
  typeof object === 'string' ? object : object?.id;

/** The intent that an event speaks of; what it says of it is never believed, only fetched anew. */
function intentOf({ type, data }: Stripe.Event): string | undefined {
  if (type.startsWith('payment_intent.')) return (data.object as Stripe.PaymentIntent).id;
  if (type.startsWith('charge.')) return idOf((data.object as Stripe.Charge).payment_intent);
  return undefined;
}

export const eventTypes = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.canceled',
  'charge.refunded',
] as const;

/**
 * Takes an event of the provider: events come late, twice and in any order, so each is only a hint
 * to look at what is true now, and looking twice changes nothing. Says whether it was news.
 */
export const takeEvent =
  ({ store, intents, refunds }: { store: PaymentStore; intents: Intents; refunds: GiveBack }) =>
  async (event: Stripe.Event): Promise<boolean> => {
    const intentId = intentOf(event);
    if (!intentId) return false;
    const intent = await intents.retrieve(intentId);
    const { bookingId } = intent.metadata;
    // An intent that is not ours: the same account may sell other things.
    if (!bookingId) return false;

    const before = await store.find(bookingId);
    return inTraceOf(before, { intentId, messageId: event.id }, async () => {
      const payment = await store.change(bookingId, (current) => decideSettlement(current, intent));
      if (!payment) return false;
      const settled = event.type === 'charge.refunded' ? await refunds.settle(payment) : payment;
      return settled.version > (before?.version ?? 0);
    });
  };
export type TakeEvent = ReturnType<typeof takeEvent>;
