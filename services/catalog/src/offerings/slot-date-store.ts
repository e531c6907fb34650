import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import type { Db } from 'mongodb';

export type SlotDateStore = ReturnType<typeof slotDateStore>;

/** What the catalogue remembers of reservation's slots: when something of an offering starts. */
export type SlotDate = {
  _id: string;
  offeringId: string;
  startsAt: Date;
  status: string;
  sequence: number;
};

export const slotDateStore = (db: Db) => {
  const slotDates = db.collection<SlotDate>('slot_dates');

  return {
    /** Keeps the newest state of a slot; an older one that comes late is left aside. */
    async keep({ _id, ...slot }: SlotDate): Promise<void> {
      await slotDates
        .updateOne({ _id, sequence: { $lt: slot.sequence } }, { $set: slot }, { upsert: true })
        .catch((error: unknown) => {
          // The slot is there with a newer state, so the upsert met its id.
          if (!isDuplicateKey(error)) throw error;
        });
    },

    /** Offerings with an open slot that starts in the half-open range. */
    offeringsBetween: (from?: string, to?: string): Promise<string[]> =>
      slotDates.distinct('offeringId', {
        status: 'open',
        startsAt: {
          ...(from !== undefined && { $gte: new Date(from) }),
          ...(to !== undefined && { $lt: new Date(to) }),
        },
      }),
  };
};
