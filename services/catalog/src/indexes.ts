import { type Index, outboxIndex } from '@guichet/mongo/ensure-indexes';
import { sweeperIndexes } from '@guichet/mongo/sweeper';

export const indexes: Record<string, readonly Index[]> = {
  organisers: [outboxIndex],
  offerings: [
    outboxIndex,
    { key: { status: 1, _id: 1 } },
    { key: { organiserId: 1, _id: 1 } },
    { key: { words: 1 } },
    { key: { placeWords: 1 } },
  ],
  // By `_id` the newest version is not found: 10 sorts before 9.
  pages: [{ key: { organiserId: 1, slug: 1, version: -1 } }],
  slot_dates: [{ key: { startsAt: 1, offeringId: 1 } }],
  ...sweeperIndexes,
};
