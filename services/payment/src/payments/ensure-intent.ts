import type Stripe from 'stripe';
import type { Intents } from '../provider/intents.ts';
import { decideTooSmall } from './decide-beginning.ts';
import type { Attempt, Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';

/**
 * The intent of an attempt, made if it is not there yet. `undefined` where the provider takes no
 * amount so small: that is written down, so that neither the fence nor the reconciliation waits for
 * an intent which will never be.
 */
export const ensureIntent =
  ({ store, intents }: { store: PaymentStore; intents: Intents }) =>
  async (payment: Payment, attempt: Attempt): Promise<Stripe.PaymentIntent | undefined> => {
    const intent = await intents.ensure(payment, attempt);
    if (!intent) await store.change(payment._id, (current) => decideTooSmall(current, attempt));
    return intent;
  };
