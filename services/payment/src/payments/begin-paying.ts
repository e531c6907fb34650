import type { Answer } from '@guichet/contracts/client';
import { beginPayment, type Claimant } from '@guichet/contracts/internal';
import { type ServiceClient, ServiceProblem } from '@guichet/http/service-client';
import { step } from '@guichet/telemetry/step';
import type { Intents } from '../provider/intents.ts';
import { decideBeginning, paymentClosed, refusedBecause } from './decide-beginning.ts';
import { ensureIntent } from './ensure-intent.ts';
import { liveAttempt, type Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';
import { decideSettlement } from './settle.ts';

/** Without a secret nothing is left to do: the booking costs nothing, and is paid. */
export type Begun = { payment: Payment; clientSecret?: string };

/**
 * Begins to pay: reservation grants the time and says the amount, the attempt is claimed in our
 * document, only then is the provider asked, and what it answered is written down. A process that
 * dies anywhere in between leaves an attempt whose intent the same key finds again. What costs
 * nothing is paid by the claim itself, and no provider hears of it.
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
  async (bookingId: string, claimant: Claimant, key: string): Promise<Begun> => {
    const due = await askReservation(reservation, bookingId, claimant).catch((refusal) =>
      confirmedAlready(store, bookingId, key, refusal),
    );
    if ('payment' in due) return due;
    const claimed = await claim(store, due, key);
    if (claimed.amountCents === 0) return { payment: claimed };

    const attempt = liveAttempt(claimed);
    if (!attempt) throw new Error(`payment ${bookingId} has no live attempt after claiming one`);
    const ensured = await ensureIntent({ store, intents })(claimed, attempt);
    if ('refused' in ensured) throw refusedBecause(ensured.refused);
    const { intent } = ensured;
    step('payment.intent_created');
    const settled = await store.change(bookingId, (payment) => decideSettlement(payment, intent));
    // The fence may have closed in between; it has cancelled this very intent then.
    if (settled?.closed || intent.status === 'canceled' || !intent.client_secret) {
      throw paymentClosed();
    }
    return { payment: settled ?? claimed, clientSecret: intent.client_secret };
  };

const askReservation = (
  reservation: Pick<ServiceClient, 'call'>,
  bookingId: string,
  claimant: Claimant,
) =>
  reservation.call(beginPayment, {
    params: { id: bookingId },
    body: { claimant },
    // The same booking begun twice is begun once, so a lost answer may be asked for again.
    idempotencyKey: `begin-payment-${bookingId}`,
  });

/**
 * A booking that waits for no payment any more because this one has confirmed it: paid already, or
 * asked for again under the key that settled it at no cost. Reservation looks at who asks first, so
 * nothing is told to a stranger here.
 */
async function confirmedAlready(
  store: PaymentStore,
  bookingId: string,
  key: string,
  refusal: unknown,
): Promise<Begun> {
  if (!(refusal instanceof ServiceProblem) || refusal.code !== 'booking_not_pending') throw refusal;
  const payment = await store.find(bookingId);
  if (payment?.status !== 'succeeded') throw refusal;
  decideBeginning(payment, key);
  return { payment };
}

async function claim(
  store: PaymentStore,
  { bookingId, holdExpiresAt: _, ...due }: Answer<typeof beginPayment>,
  key: string,
): Promise<Payment> {
  await store.insert({
    _id: bookingId,
    ...due,
    status: 'pending',
    attempts: [],
    refunds: [],
    refundedCents: 0,
    failure: null,
    updatedAt: new Date(),
  });
  const claimed = await store.change(bookingId, (payment) => decideBeginning(payment, key));
  if (!claimed) throw new Error(`payment ${bookingId} vanished`);
  return claimed;
}
