import type { MessageType } from '@guichet/contracts/messages';
import { createMessage, type Message } from '@guichet/messaging/message';
import type Stripe from 'stripe';
import { isPaid, type Payment, type PaymentChange, providerOf, withAttempt } from './payment.ts';

type Told = Extract<MessageType, `payment.${string}`>;

const stateOf = (payment: Payment, providerRef: string) => ({
  paymentId: payment._id,
  bookingId: payment._id,
  organiserId: payment.organiserId,
  reference: payment.reference,
  provider: providerOf(payment),
  providerRef,
  amountCents: payment.amountCents,
  currency: payment.currency,
});

export function tell<T extends Told>(
  payment: Payment,
  type: T,
  providerRef: string,
  more: object = {},
): Message {
  return createMessage({
    source: 'payment',
    type,
    subject: payment._id,
    sequence: payment.version + 1,
    data: { ...stateOf(payment, providerRef), ...more },
  } as Parameters<typeof createMessage>[0]);
}

/** Whether an intent is the one that this payment asked for: amount, currency, booking, attempt. */
function matches(payment: Payment, intent: Stripe.PaymentIntent): boolean {
  const { bookingId, attempt } = intent.metadata;
  return (
    bookingId === payment._id &&
    intent.amount === payment.amountCents &&
    intent.currency.toUpperCase() === payment.currency &&
    payment.attempts.some(({ number }) => String(number) === attempt)
  );
}

/**
 * What an intent, as the provider has it now, means for a payment. Moves only forward, so the same
 * news twice, or older news later, changes nothing. Money that does not match what was asked is
 * for a person to look at; it never confirms anything.
 */
export function decideSettlement(
  payment: Payment,
  intent: Stripe.PaymentIntent,
): PaymentChange | undefined {
  const updatedAt = new Date();
  const attempt = payment.attempts.find(({ number }) => String(number) === intent.metadata.attempt);
  if (!attempt || !matches(payment, intent)) {
    return intent.status === 'succeeded' && payment.status !== 'needs_review' && !isPaid(payment)
      ? { set: { status: 'needs_review', updatedAt } }
      : undefined;
  }
  const known = { ...attempt, intentId: intent.id };

  switch (intent.status) {
    case 'succeeded':
      if (isPaid(payment)) return undefined;
      return {
        set: {
          status: 'succeeded',
          failure: null,
          attempts: withAttempt(payment, { ...known, state: 'succeeded' }),
          updatedAt,
        },
        messages: [tell(payment, 'payment.succeeded', intent.id)],
      };
    case 'canceled':
      if (attempt.state === 'cancelled' || isPaid(payment)) return undefined;
      return {
        set: {
          status: 'cancelled',
          attempts: withAttempt(payment, { ...known, state: 'cancelled' }),
          updatedAt,
        },
        messages: [tell(payment, 'payment.cancelled', intent.id)],
      };
    case 'processing':
      if (payment.status === 'processing' || isPaid(payment)) return undefined;
      return { set: { status: 'processing', attempts: opened(payment, known), updatedAt } };
    default:
      return decideOpen(payment, known, intent);
  }
}

type Known = Payment['attempts'][number];

const opened = (payment: Payment, attempt: Known) =>
  withAttempt(payment, attempt.state === 'creating' ? { ...attempt, state: 'open' } : attempt);

/** Waiting for the customer; a decline is told once, and leaves the intent open for another card. */
function decideOpen(
  payment: Payment,
  attempt: Known,
  intent: Stripe.PaymentIntent,
): PaymentChange | undefined {
  const error = intent.last_payment_error;
  const charge = chargeOf(intent) ?? '';
  const declined = Boolean(error) && payment.failedCharge !== charge && !isPaid(payment);
  if (!declined && attempt.state !== 'creating') return undefined;

  const failure = {
    code: error?.decline_code ?? error?.code ?? 'card_declined',
    message: error?.message ?? 'The card was declined.',
  };
  return {
    set: {
      attempts: opened(payment, attempt),
      updatedAt: new Date(),
      ...(declined ? { status: 'failed', failure, failedCharge: charge } : {}),
    },
    ...(declined
      ? { messages: [tell(payment, 'payment.failed', intent.id, { failureCode: failure.code })] }
      : {}),
  };
}

export const chargeOf = ({ latest_charge }: Stripe.PaymentIntent): string | undefined =>
  typeof latest_charge === 'string' ? latest_charge : latest_charge?.id;
