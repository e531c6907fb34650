import { beginPayment, type Claimant } from '@guichet/contracts/internal';
import { Refusal } from '@guichet/contracts/refusal';
import type { ServiceClient } from '@guichet/http/service-client';
import { step } from '@guichet/telemetry/step';
import type { Intents } from '../provider/intents.ts';
import { decideAttempt, liveAttempt, type Payment, type PaymentRefusal } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';
import { decideSettlement } from './settle.ts';

/**
 * Begins to pay: reservation grants the time and says the amount, the attempt is claimed in our
 * document, only then is the provider asked, and what it answered is written down. A process that
 * dies anywhere in between leaves an attempt whose intent the same key finds again.
 */
export const beginPaying =
  ({
    store,
    intents,
    reservation,
  }: {
    store: PaymentStore;
    intents: Intents;
    reservation: Pick<ServiceClient, 'call'>;
  }) =>
  async (bookingId: string, claimant: Claimant) => {
    const due = await reservation.call(beginPayment, {
      params: { id: bookingId },
      body: { claimant },
      // The same booking begun twice is begun once, so a lost answer may be asked for again.
      idempotencyKey: `begin-payment-${bookingId}`,
    });
    const claimed = await claim(store, {
      _id: bookingId,
      organiserId: due.organiserId,
      customerId: due.customerId,
      reference: due.reference,
      contactEmail: due.contactEmail,
      amountCents: due.amountCents,
      currency: due.currency,
    });
    const attempt = liveAttempt(claimed);
    if (!attempt) throw new Error(`payment ${bookingId} has no live attempt after claiming one`);

    const intent = await intents.ensure(claimed, attempt);
    step('payment.intent_created');
    const settled = await store.change(bookingId, (payment) => decideSettlement(payment, intent));
    // The fence may have closed in between; it has cancelled this very intent then.
    if (settled?.closed || intent.status === 'canceled' || !intent.client_secret) {
      throw new Refusal<PaymentRefusal>(
        'payment_closed',
        'The places are no longer held, so nothing can be paid for them. Book again.',
      );
    }
    return { payment: settled ?? claimed, clientSecret: intent.client_secret };
  };

type Fresh = Pick<
  Payment,
  '_id' | 'organiserId' | 'customerId' | 'reference' | 'contactEmail' | 'amountCents' | 'currency'
>;

async function claim(store: PaymentStore, fresh: Fresh): Promise<Payment> {
  await store.insert({
    ...fresh,
    status: 'pending',
    attempts: [],
    refunds: [],
    refundedCents: 0,
    failure: null,
    updatedAt: new Date(),
  });
  const claimed = await store.change(fresh._id, decideAttempt);
  if (!claimed) throw new Error(`payment ${fresh._id} vanished`);
  return claimed;
}
