import type { Logger } from '@guichet/telemetry/logger';
import Stripe from 'stripe';
import { type Attempt, intentKey, type Payment } from '../payments/payment.ts';
import { asking } from './stripe-client.ts';

export type Ensured = { readonly intent: Stripe.PaymentIntent } | { readonly refused: string };

/** What is wrong with a request stays wrong, however often it is asked; all else may pass. */
const isRefusal = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 400;

/** The provider's PaymentIntents, by the payments that they belong to. */
export const intentsOf = (stripe: Stripe, logger: Logger) => ({
  /**
   * The intent of an attempt. Creating it again with the same key gives the one that there is, so
   * an intent whose creation nobody recorded is found like any other. Where the provider refuses
   * there is none, and the answer is its code: the least that it takes, for one, it alone knows,
   * since that depends on the currency that the account is paid out in and on the day's rate.
   */
  async ensure(payment: Payment, { number, intentId }: Attempt): Promise<Ensured> {
    if (intentId) return { intent: await asking(stripe.paymentIntents.retrieve(intentId)) };
    try {
      const intent = await asking(
        stripe.paymentIntents.create(paramsOf(payment, number), {
          idempotencyKey: intentKey(payment._id, number),
        }),
      );
      return { intent };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const refused = error.code ?? 'invalid_request';
      // Everything but a small amount is ours to mend: a currency, a key's rights, the account.
      if (refused !== 'amount_too_small') {
        logger.error({ refused, requestId: error.requestId }, 'the provider refuses to take money');
      }
      return { refused };
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
