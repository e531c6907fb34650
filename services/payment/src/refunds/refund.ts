import { Refusal } from '@guichet/contracts/refusal';
import type Stripe from 'stripe';
import {
  isPaid,
  type Payment,
  type PaymentChange,
  type PaymentRefusal,
  type Refund,
} from '../payments/payment.ts';
import { tell } from '../payments/settle.ts';

const sum = (refunds: readonly Refund[]) =>
  refunds.reduce((total, { amountCents }) => total + amountCents, 0);

/** Claims a refund in the document before the provider is asked: together never more than was paid. */
export function decideRefund(
  payment: Payment,
  asked: Pick<Refund, 'id' | 'amountCents' | 'reason'>,
): PaymentChange | undefined {
  if (payment.refunds.some(({ id }) => id === asked.id)) return undefined;
  if (!isPaid(payment)) {
    throw new Refusal<PaymentRefusal>('payment_not_succeeded', 'Nothing has been paid yet.');
  }
  const left = payment.amountCents - sum(payment.refunds);
  if (asked.amountCents > left) {
    throw new Refusal<PaymentRefusal>(
      'refund_too_large',
      `At most ${left} cents are left to give back.`,
    );
  }
  return {
    set: { refunds: [...payment.refunds, { ...asked, state: 'asked' }], updatedAt: new Date() },
  };
}

const happened = ({ status }: Stripe.Refund) => status === 'succeeded' || status === 'pending';

/**
 * What the provider's refunds of a payment mean for it. Each is told once; one that was made in the
 * provider's own pages is taken over as it is.
 */
export function decideRefunded(
  payment: Payment,
  provided: readonly Stripe.Refund[],
): PaymentChange | undefined {
  const refunds = [...payment.refunds];
  const messages = [];
  let refundedCents = payment.refundedCents;
  for (const refund of provided.filter(happened)) {
    const at = refunds.findIndex(
      ({ id, providerRef }) => providerRef === refund.id || id === refund.metadata?.refundId,
    );
    if (refunds[at]?.state === 'done') continue;
    const done: Refund = {
      id: refunds[at]?.id ?? refund.id,
      amountCents: refund.amount,
      reason: refunds[at]?.reason ?? 'refunded at the provider',
      state: 'done',
      providerRef: refund.id,
    };
    if (at < 0) refunds.push(done);
    else refunds[at] = done;
    refundedCents += refund.amount;
    messages.push(
      tell(payment, 'payment.refunded', refund.id, {
        refundedCents,
        refundCents: refund.amount,
        reason: done.reason,
        contact: { email: payment.contactEmail },
      }),
    );
  }
  if (messages.length === 0) return undefined;

  const status = refundedCents >= payment.amountCents ? 'refunded' : 'partially_refunded';
  return { set: { refunds, refundedCents, status, updatedAt: new Date() }, messages };
}
