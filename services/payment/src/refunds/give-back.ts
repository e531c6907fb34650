import { Refusal } from '@guichet/contracts/refusal';
import { step } from '@guichet/telemetry/step';
import type Stripe from 'stripe';
import type { Payment, PaymentRefusal, Refund } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import { asking } from '../provider/stripe-client.ts';
import { decideRefund, decideRefunded } from './refund.ts';

const paidIntent = ({ attempts }: Payment): string | undefined =>
  attempts.find(({ state }) => state === 'succeeded')?.intentId;

/** Gives money back, in three steps of which each may be repeated: claim, ask, write down. */
export const giveBack = ({ store, stripe }: { store: PaymentStore; stripe: Stripe }) => {
  /** Reads the provider's refunds of a payment and writes down those that are new. */
  async function settle(payment: Payment): Promise<Payment> {
    const intent = paidIntent(payment);
    if (!intent) return payment;
    const refunds = await asking(
      stripe.refunds
        .list({ payment_intent: intent, limit: 100 })
        .autoPagingToArray({ limit: 1_000 }),
    );
    return (
      (await store.change(payment._id, (current) => decideRefunded(current, refunds))) ?? payment
    );
  }

  /** Asks for what was claimed and is not done. */
  async function finish(payment: Payment): Promise<Payment> {
    const intent = paidIntent(payment);
    for (const refund of payment.refunds) {
      if (!intent || refund.state === 'done') continue;
      await asking(
        stripe.refunds.create(
          { payment_intent: intent, amount: refund.amountCents, metadata: { refundId: refund.id } },
          { idempotencyKey: `guichet:${payment._id}:refund:${refund.id}` },
        ),
      );
      step('payment.refund_created');
    }
    return settle(payment);
  }

  return {
    settle,
    finish,
    async refund(
      bookingId: string,
      asked: Pick<Refund, 'id' | 'amountCents' | 'reason'>,
    ): Promise<Payment> {
      const claimed = await store.change(bookingId, (payment) => decideRefund(payment, asked));
      if (!claimed) {
        throw new Refusal<PaymentRefusal>('payment_not_found', 'There is no such payment.');
      }
      return finish(claimed);
    },
  };
};
export type GiveBack = ReturnType<typeof giveBack>;
