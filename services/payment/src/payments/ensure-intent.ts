import type { Ensured, Intents } from '../provider/intents.ts';
import { decideRefused } from './decide-beginning.ts';
import type { Attempt, Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';

/**
 * The intent of an attempt, made if it is not there yet. What the provider refuses is written down,
 * so that neither the fence nor the reconciliation waits for an intent which will never be.
 */
export const ensureIntent =
  ({ store, intents }: { store: PaymentStore; intents: Intents }) =>
  async (payment: Payment, attempt: Attempt): Promise<Ensured> => {
    const ensured = await intents.ensure(payment, attempt);
    if ('refused' in ensured) {
      await store.change(payment._id, (current) =>
        decideRefused(current, attempt, ensured.refused),
      );
    }
    return ensured;
  };
