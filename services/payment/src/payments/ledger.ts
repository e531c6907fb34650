import type { Message } from '@guichet/messaging/message';
import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import type { Db } from 'mongodb';
import type { Payment } from './payment.ts';

export type LedgerEntry = {
  /** The id of the fact that it records. */
  readonly _id: string;
  readonly paymentId: string;
  readonly organiserId: string;
  readonly type: 'payment' | 'refund';
  /** Money in is positive, money out negative. */
  readonly amountCents: number;
  readonly currency: string;
  readonly providerRef: string;
  readonly at: Date;
};

type Data = {
  providerRef: string;
  amountCents: number;
  refundCents?: number;
  currency: string;
  organiserId: string;
};

function entryOf({ id, type, subject, time, data }: Message): LedgerEntry | undefined {
  const { providerRef, amountCents, refundCents = 0, currency, organiserId } = data as Data;
  const shared = {
    _id: id,
    paymentId: subject,
    organiserId,
    currency,
    providerRef,
    at: new Date(time),
  };
  if (type === 'payment.succeeded' && amountCents > 0) {
    return { ...shared, type: 'payment', amountCents };
  }
  if (type === 'payment.refunded') return { ...shared, type: 'refund', amountCents: -refundCents };
  return undefined;
}

/**
 * The append-only record of money. Written by the outbox's relay before it publishes: an entry
 * never lacks its fact, and a fact that is told twice is written once, since the entry has its id.
 * What costs nothing moves no money and has no entry: each one has its counterpart at the provider.
 */
export const ledger = (db: Db) => {
  const entries = db.collection<LedgerEntry>('ledger');
  return {
    async record(messages: readonly Message[], _payment: Payment): Promise<void> {
      for (const message of messages) {
        const entry = entryOf(message);
        if (!entry) continue;
        await entries.insertOne(entry).catch((error: unknown) => {
          if (!isDuplicateKey(error)) throw error;
        });
      }
    },
    list: (paymentId: string) => entries.find({ paymentId }).sort({ at: 1 }).toArray(),
  };
};
