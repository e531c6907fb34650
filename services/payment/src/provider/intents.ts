import type Stripe from 'stripe';
import { type Attempt, intentKey, type Payment } from '../payments/payment.ts';
import { asking } from './stripe-client.ts';

/** The provider's PaymentIntents, by the payments that they belong to. */
export const intentsOf = (stripe: Stripe) => ({
  /**
   * The intent of an attempt. Creating it again with the same key gives the one that there is, so
   * an intent whose creation nobody recorded is found like any other. `undefined`: the amount is
   * less than the provider takes, and there is none. It alone knows what that is: it depends on the
   * currency that the account is paid out in, and on the day's rate.
   */
  async ensure(
    payment: Payment,
    { number, intentId }: Attempt,
  ): Promise<Stripe.PaymentIntent | undefined> {
    if (intentId) return asking(stripe.paymentIntents.retrieve(intentId));
    try {
      return await asking(
        stripe.paymentIntents.create(paramsOf(payment, number), {
          idempotencyKey: intentKey(payment._id, number),
        }),
      );
    } catch (error) {
      if ((error as { code?: string }).code !== 'amount_too_small') throw error;
      return undefined;
    }
  },
  retrieve: (intentId: string) => asking(stripe.paymentIntents.retrieve(intentId)),
  /** Cancels an intent; one that cannot be cancelled any more is answered as it is. */
  async cancel(intent: Stripe.PaymentIntent): Promise<Stripe.PaymentIntent> {
    try {
      return await asking(stripe.paymentIntents.cancel(intent.id));
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'payment_intent_unexpected_state') throw error;
      return asking(stripe.paymentIntents.retrieve(intent.id));
    }
  },
});
export type Intents = ReturnType<typeof intentsOf>;

const paramsOf = (payment: Payment, attempt: number): Stripe.PaymentIntentCreateParams => ({
  amount: payment.amountCents,
  currency: payment.currency.toLowerCase(),
  automatic_payment_methods: { enabled: true },
  receipt_email: payment.contactEmail,
  metadata: {
    bookingId: payment._id,
    organiserId: payment.organiserId,
    reference: payment.reference,
    attempt: String(attempt),
  },
});
