import { step } from '@guichet/telemetry/step';
import type { Intents } from '../provider/intents.ts';
import { ensureIntent } from './ensure-intent.ts';
import { isPaid, liveAttempt, type Payment } from './payment.ts';
import type { PaymentStore } from './payment-store.ts';
import { decideSettlement } from './settle.ts';

export type Closing = 'closed' | 'paid' | 'processing';
type Reason = 'expired' | 'cancelled';

/** A payment that never began, closed so that it never will. */
const neverBegun = (bookingId: string, closed: Reason): Omit<Payment, 'version'> => ({
  _id: bookingId,
  status: 'cancelled',
  closed,
  organiserId: '',
  customerId: null,
  reference: '',
  contactEmail: '',
  amountCents: 0,
  currency: '',
  attempts: [],
  refunds: [],
  refundedCents: 0,
  failure: null,
  updatedAt: new Date(),
});

/**
 * The fence. First the document is closed, so that no attempt can begin any more; then every
 * attempt there is gets cancelled, one whose creation nobody recorded included; only what the
 * provider says is cancelled counts as closed. Safe to repeat, and meant to be, until it answers.
 */
export const closePayment =
  ({ store, intents }: { store: PaymentStore; intents: Intents }) =>
  async (bookingId: string, reason: Reason): Promise<Closing> => {
    const close = () =>
      store.change(bookingId, (payment) =>
        payment.closed || isPaid(payment) ? undefined : { set: { closed: reason } },
      );
    let payment = await close();
    if (!payment) {
      if (await store.insert(neverBegun(bookingId, reason))) return 'closed';
      payment = await close();
    }
    step('payment.closed');
    if (!payment) throw new Error(`payment ${bookingId} vanished while it was closed`);
    if (isPaid(payment)) return 'paid';

    const attempt = liveAttempt(payment);
    if (!attempt) return 'closed';
    const found = await ensureIntent({ store, intents })(payment, attempt);
    if ('refused' in found) return 'closed';
    const intent = await intents.cancel(found.intent);
    step('payment.intent_cancelled');
    await store.change(bookingId, (current) => decideSettlement(current, intent));
    if (intent.status === 'succeeded') return 'paid';
    return intent.status === 'canceled' ? 'closed' : 'processing';
  };
