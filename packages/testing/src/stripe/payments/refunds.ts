import type Stripe from 'stripe';
import { type Account, stripeId } from '../account.ts';
import { invalidRequest, noSuch } from '../api-error.ts';
import { testCards } from '../test-cards.ts';
import type { Work } from '../work.ts';

/** How long a refund that is not settled at once takes; at a bank it is days. */
const refundSettlesMs = 1_000;

type Asked = {
  paymentIntent: string | undefined;
  charge: string | undefined;
  amount: number | undefined;
  reason: Stripe.Refund.Reason | null;
  metadata: Record<string, string>;
};

const findCharge = (account: Account, asked: Asked): Stripe.Charge => {
  if (asked.charge !== undefined) {
    const charge = account.charges.get(asked.charge);
    if (!charge) throw noSuch('charge', asked.charge);
    return charge;
  }
  if (asked.paymentIntent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
    );
  }
  const intent = account.intents.get(asked.paymentIntent);
  if (!intent) throw noSuch('payment_intent', asked.paymentIntent);
  const charge = account.charges.get(String(intent.latest_charge));
  if (charge?.status !== 'succeeded') {
    throw invalidRequest(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    );
  }
  return charge;
};

const amountToRefund = (charge: Stripe.Charge, asked: number | undefined): number => {
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  }
  if (asked !== undefined && asked > left) {
    throw invalidRequest(
      `Refund amount (${asked}) is greater than unrefunded amount on charge (${left})`,
      { param: 'amount' },
    );
  }
  return asked ?? left;
};

const refundObject = (
  charge: Stripe.Charge,
  asked: Asked,
  { amount, created, status }: { amount: number; created: number; status: string },
): Stripe.Refund => ({
  id: stripeId('re'),
  object: 'refund',
  amount,
  balance_transaction: status === 'succeeded' ? stripeId('txn') : null,
  charge: charge.id,
  created,
  currency: charge.currency,
  customer: null,
  customer_account: null,
  metadata: asked.metadata,
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  reason: asked.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status,
  transfer_reversal: null,
});

const settleRefund = (work: Work, charge: Stripe.Charge, refund: Stripe.Refund, fails: boolean) => {
  refund.status = fails ? 'failed' : 'succeeded';
  if (fails) {
    refund.failure_reason = 'unknown';
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
    work.emit('refund.failed', refund);
  }
  work.emit('refund.updated', refund);
  work.emit('charge.refund.updated', refund);
};

export const createRefund = (work: Work, asked: Asked): Stripe.Refund => {
  const charge = findCharge(work.account, asked);
  const amount = amountToRefund(charge, asked.amount);
  const card = testCards[work.account.cards.get(String(charge.payment_method)) ?? ''];

  const status = card?.refund === 'succeeds_later' ? 'pending' : 'succeeded';
  const refund = refundObject(charge, asked, { amount, created: work.now(), status });
  work.account.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  work.emit('refund.created', refund);
  work.emit('charge.refunded', charge);

  if (card?.refund) {
    const fails = card.refund === 'fails_later';
    work.later(refundSettlesMs, (later) => settleRefund(later, charge, refund, fails));
  }
  return refund;
};
