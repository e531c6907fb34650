import { Refusal } from '@guichet/contracts/refusal';
import { currentTraceparent } from '@guichet/telemetry/trace';
import {
  type Attempt,
  isPaid,
  liveAttempt,
  type Payment,
  type PaymentChange,
  type PaymentRefusal,
  withAttempt,
} from './payment.ts';
import { tell } from './settle.ts';

export const paymentClosed = () =>
  new Refusal<PaymentRefusal>(
    'payment_closed',
    'The places are no longer held, so nothing can be paid for them. Book again.',
  );

const amountTooSmall = () =>
  new Refusal<PaymentRefusal>(
    'amount_too_small',
    'This booking costs less than the payment provider takes by card. Book something more with it, or ask the organiser.',
  );

/** What the buyer is told when the provider makes no intent, by the provider's code. */
export const refusedBecause = (code: string) =>
  code === 'amount_too_small'
    ? amountTooSmall()
    : new Refusal<PaymentRefusal>(
        'payment_refused',
        'The payment provider does not take this payment. Your places are still held; try again later, or ask the organiser.',
      );

/**
 * What beginning to pay does, under an Idempotency-Key: a booking that costs nothing is paid by it,
 * any other gets a new attempt, unless one is alive. Refused where the fence has closed or money has
 * come; the key that settled a booking at no cost may have lost its answer, and is given it again.
 */
export function decideBeginning(payment: Payment, key: string): PaymentChange | undefined {
  if (payment.settledByKey === key) return undefined;
  if (isPaid(payment)) {
    throw new Refusal<PaymentRefusal>('already_paid', 'This booking is paid.');
  }
  if (payment.closed) throw paymentClosed();
  if (payment.amountCents === 0) return settledAtNoCost(payment, key);
  if (liveAttempt(payment)) return undefined;
  // The amount is what it was, so the provider would only say the same again.
  if (isRefusedFor(payment, 'amount_too_small')) throw amountTooSmall();

  const traceparent = currentTraceparent();
  const attempt: Attempt = {
    number: payment.attempts.length + 1,
    state: 'creating',
    ...(traceparent ? { traceparent } : {}),
  };
  return {
    set: { attempts: [...payment.attempts, attempt], status: 'pending', updatedAt: new Date() },
  };
}

/** State, claim of the key and fact in one change, so that of many who ask at once one does it. */
const settledAtNoCost = (payment: Payment, key: string): PaymentChange => ({
  set: { status: 'succeeded', settledByKey: key, updatedAt: new Date() },
  messages: [tell(payment, 'payment.succeeded', '')],
});

const isRefusedFor = ({ attempts, failure }: Payment, code: string): boolean =>
  attempts.at(-1)?.state === 'refused' && failure?.code === code;

/** The provider makes no intent of it: the attempt is over before it began. */
export function decideRefused(
  payment: Payment,
  attempt: Attempt,
  code: string,
): PaymentChange | undefined {
  const current = payment.attempts.find(({ number }) => number === attempt.number);
  if (current?.state !== 'creating') return undefined;

  return {
    set: {
      status: 'failed',
      failure: { code, message: refusedBecause(code).message },
      attempts: withAttempt(payment, { ...current, state: 'refused' }),
      updatedAt: new Date(),
    },
    messages: [tell(payment, 'payment.failed', '', { failureCode: code })],
  };
}
