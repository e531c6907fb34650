import type Stripe from 'stripe';
import { ApiError } from '../api-error.ts';
import { chargeObject } from '../objects/charge-object.ts';
import type { Work } from '../work.ts';
import { cardBehind } from './payment-methods.ts';

/** The attempt is over: nothing was taken, and another method may be tried on the same intent. */
export const failAttempt = (
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  why: { code: string; declineCode?: string; message: string; charge?: string },
): ApiError => {
  const error = {
    code: why.code,
    ...(why.declineCode === undefined ? {} : { decline_code: why.declineCode }),
    ...(why.charge === undefined ? {} : { charge: why.charge }),
    message: why.message,
    payment_method: method,
    type: why.code.startsWith('payment_intent_')
      ? ('invalid_request_error' as const)
      : ('card_error' as const),
  };
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.processing = null;
  intent.last_payment_error = error as Stripe.PaymentIntent.LastPaymentError;
  work.emit('payment_intent.payment_failed', intent);

  return new ApiError(402, { ...error, payment_intent: structuredClone(intent) });
};

const keepSuccess = (work: Work, intent: Stripe.PaymentIntent, charge: Stripe.Charge): void => {
  intent.last_payment_error = null;
  intent.processing = null;
  work.emit('charge.succeeded', charge);

  if (intent.capture_method === 'manual') {
    intent.status = 'requires_capture';
    intent.amount_capturable = intent.amount;
    work.emit('payment_intent.amount_capturable_updated', intent);
    return;
  }
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  work.emit('payment_intent.succeeded', intent);
};

/**
 * Asks the bank. A refusal is returned rather than thrown, since it is the answer to a request
 * that confirms, but only an event where the customer comes back from 3-D Secure.
 */
export const chargeCard = (
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  { authenticated }: { authenticated: boolean },
): ApiError | undefined => {
  const card = cardBehind(work, method);
  const charge = chargeObject({ intent, method, card, created: work.now(), authenticated });
  work.account.charges.set(charge.id, charge);
  intent.latest_charge = charge.id;
  intent.next_action = null;

  if (!card.decline) {
    keepSuccess(work, intent, charge);
    return undefined;
  }
  work.emit('charge.failed', charge);
  return failAttempt(work, intent, method, { ...card.decline, charge: charge.id });
};
