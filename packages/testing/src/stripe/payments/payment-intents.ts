import type Stripe from 'stripe';
import { invalidRequest, noSuch } from '../api-error.ts';
import { money } from '../money.ts';
import { type NewIntent, paymentIntentObject } from '../objects/payment-intent-object.ts';
import type { Work } from '../work.ts';
import { chargeCard } from './charging.ts';
import { cardBehind, getMethod } from './payment-methods.ts';
import { authenticationStep } from './three-d-secure.ts';

type Status = Stripe.PaymentIntent.Status;

/** Stripe's least charge in these currencies; others are left to Stripe itself. */
const leastCents: Readonly<Record<string, number>> = { eur: 50, usd: 50, chf: 50, gbp: 30 };

const wrongState = (intent: Stripe.PaymentIntent, message: string) =>
  invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: structuredClone(intent),
  });

export const getIntent = ({ account }: Work, id: string): Stripe.PaymentIntent => {
  const intent = account.intents.get(id);
  if (!intent) throw noSuch('payment_intent', id);
  return intent;
};

export const createIntent = (
  work: Work,
  fields: Omit<NewIntent, 'created'>,
): Stripe.PaymentIntent => {
  const least = leastCents[fields.currency] ?? 1;
  if (fields.amount < least) {
    throw invalidRequest(
      `Amount must be at least ${money(least, fields.currency)} ${fields.currency}`,
      { code: 'amount_too_small', param: 'amount' },
    );
  }

  const intent = paymentIntentObject({ ...fields, created: work.now() });
  work.account.intents.set(intent.id, intent);
  work.emit('payment_intent.created', intent);
  return intent;
};

export const attachMethod = (
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Stripe.PaymentIntent => {
  intent.payment_method = method.id;
  if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation';
  return intent;
};

const settleLater = (work: Work, intent: Stripe.PaymentIntent, ms: number): void => {
  intent.status = 'processing';
  intent.next_action = null;
  work.emit('payment_intent.processing', intent);
  work.later(ms, (later) => settle(later, intent));
};

/** Ends a payment that was left `processing`. */
export const settle = (work: Work, intent: Stripe.PaymentIntent): void => {
  if (intent.status !== 'processing') return;
  chargeCard(work, intent, getMethod(work, String(intent.payment_method)), {
    authenticated: false,
  });
};

/**
 * Money that comes although nobody waits for it any more, as from a bank that was slow: whatever
 * became of the intent, it is paid now.
 */
export const payAnyway = (
  work: Work,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
): Stripe.PaymentIntent => {
  if (intent.status === 'succeeded') return intent;
  attachMethod(intent, method);
  intent.canceled_at = null;
  intent.cancellation_reason = null;
  chargeCard(work, intent, method, { authenticated: false });
  return intent;
};

const confirmable: readonly Status[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

const refuseConfirming = (intent: Stripe.PaymentIntent): void => {
  if (confirmable.includes(intent.status)) return;
  throw wrongState(
    intent,
    intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `This PaymentIntent's status is ${intent.status}, but it must be one of ${confirmable.join(', ')} to be confirmed.`,
  );
};

/** Confirms with the method given, or with the one the intent already has. */
export const confirmIntent = (
  work: Work,
  intent: Stripe.PaymentIntent,
  given: { method: () => Stripe.PaymentMethod | undefined; returnUrl: string | null },
): Stripe.PaymentIntent => {
  refuseConfirming(intent);
  const method = given.method();
  if (method) attachMethod(intent, method);
  if (!intent.payment_method) {
    throw wrongState(
      intent,
      "You cannot confirm this PaymentIntent because it's missing a payment method. Add one with the payment_method parameter.",
    );
  }

  const chosen = getMethod(work, String(intent.payment_method));
  if (cardBehind(work, chosen).threeDSecure) {
    intent.status = 'requires_action';
    intent.next_action = authenticationStep(work, intent, given.returnUrl);
    work.emit('payment_intent.requires_action', intent);
    return intent;
  }
  if (work.settleAfterMs !== undefined) {
    settleLater(work, intent, work.settleAfterMs);
    return intent;
  }
  const refusal = chargeCard(work, intent, chosen, { authenticated: false });
  if (refusal) throw refusal;
  return intent;
};

const cancellable: readonly Status[] = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
];

export const cancelIntent = (
  work: Work,
  intent: Stripe.PaymentIntent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Stripe.PaymentIntent => {
  if (!cancellable.includes(intent.status)) {
    throw wrongState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancellable.join(', ')}.`,
    );
  }
  intent.status = 'canceled';
  intent.canceled_at = work.now();
  intent.cancellation_reason = reason;
  intent.amount_capturable = 0;
  intent.next_action = null;
  work.emit('payment_intent.canceled', intent);
  return intent;
};

export const captureIntent = (
  work: Work,
  intent: Stripe.PaymentIntent,
  amountToCapture: number = intent.amount_capturable,
): Stripe.PaymentIntent => {
  if (intent.status !== 'requires_capture') {
    throw wrongState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  if (amountToCapture > intent.amount_capturable) {
    throw invalidRequest('The remaining amount to capture is less than the amount given.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    });
  }
  const charge = work.account.charges.get(String(intent.latest_charge));
  if (charge) {
    charge.captured = true;
    charge.amount_captured = amountToCapture;
    work.emit('charge.captured', charge);
  }
  intent.status = 'succeeded';
  intent.amount_capturable = 0;
  intent.amount_received = amountToCapture;
  work.emit('payment_intent.succeeded', intent);
  return intent;
};
