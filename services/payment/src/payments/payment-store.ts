import type { Message } from '@guichet/messaging/message';
import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import { changeDocument, firstVersion } from '@guichet/mongo/versioned';
import type { Collection, Db } from 'mongodb';
import type { Payment, PaymentChange } from './payment.ts';

export const paymentCollection = 'payments';

/**
 * Every query about payments. Each write names the version that it was decided on. `onTold` hears of
 * the facts of each change that came about, once.
 */
export const paymentStore = (db: Db, onTold: (messages: readonly Message[]) => void = () => {}) => {
  const payments: Collection<Payment> = db.collection(paymentCollection);

  return {
    find: (bookingId: string) => payments.findOne({ _id: bookingId }),
    /** Inserts the first version; says whether nobody was quicker. */
    async insert(payment: Omit<Payment, 'version'>): Promise<boolean> {
      try {
        await payments.insertOne({ ...payment, ...firstVersion() } as Payment);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async change(bookingId: string, decide: (payment: Payment) => PaymentChange | undefined) {
      let last: PaymentChange | undefined;
      const payment = await changeDocument(payments, bookingId, (current) => {
        // Decided anew where another was first: the last is the one that is written.
        last = decide(current);
        return last;
      });
      if (payment && last?.messages) onTold(last.messages);
      return payment;
    },
    countToReview: () => payments.countDocuments({ status: 'needs_review' }),
    /** How many wait for the provider, and for how long nothing was heard of one. */
    async unsettled(): Promise<{ payments: number; silentSeconds: number }> {
      const waiting = {
        status: { $in: ['pending', 'processing'] },
        'attempts.state': { $in: ['creating', 'open'] },
      } as never;
      const [oldest] = await payments.find(waiting).sort({ updatedAt: 1 }).limit(1).toArray();
      if (!oldest) return { payments: 0, silentSeconds: 0 };
      const silentMs = Date.now() - oldest.updatedAt.getTime();
      const count = await payments.countDocuments(waiting);
      return { payments: count, silentSeconds: Math.max(0, silentMs / 1_000) };
    },
    /** Payments that should have ended by now, and refunds asked for and not yet done. */
    async listStuck(before: Date, limit: number): Promise<Payment[]> {
      return payments
        .find({
          updatedAt: { $lt: before },
          $or: [{ 'attempts.state': { $in: ['creating', 'open'] } }, { 'refunds.state': 'asked' }],
        } as never)
        .sort({ updatedAt: 1 })
        .limit(limit)
        .toArray();
    },
  };
};
export type PaymentStore = ReturnType<typeof paymentStore>;
