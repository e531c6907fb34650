import type { Message } from '@guichet/messaging/message';
import type { Collection, Filter, UpdateFilter, WithId } from 'mongodb';
import type { Versioned } from './versioned.ts';

/** The outbox of one collection, as the relay sees it. */
export const outboxStore = <T extends Versioned>(collection: Collection<T>) => {
  // A comparison with a string finds the documents that have a message, by the index on its id.
  const pending: object = { 'outbox.id': { $gt: '' } };

  return {
    /** Documents with facts to publish, those waiting longest first, but for `except`. */
    listPending: (except: readonly string[], limit: number): Promise<WithId<T>[]> =>
      collection
        .find({ ...pending, ...(except.length > 0 && { _id: { $nin: except } }) } as Filter<T>)
        .sort({ 'outbox.id': 1 })
        .limit(limit)
        .toArray(),

    async oldestPendingAt(): Promise<number | undefined> {
      const oldest = await collection.findOne(pending as Filter<T>, {
        sort: { 'outbox.id': 1 },
        projection: { outbox: { $slice: 1 } },
      });
      const time = oldest?.outbox?.[0]?.time;
      return time === undefined ? undefined : Date.parse(time);
    },

    /**
     * Takes out what was published. The field goes when nothing else is in it, so that the index
     * holds pending documents alone; a fact added meanwhile makes the first update miss.
     */
    async remove(id: string, messages: readonly Message[]): Promise<void> {
      const ids = messages.map((message) => message.id);
      const { matchedCount } = await collection.updateOne(
        { _id: id, outbox: { $not: { $elemMatch: { id: { $nin: ids } } } } } as Filter<T>,
        { $unset: { outbox: '' } } as unknown as UpdateFilter<T>,
      );
      if (matchedCount === 1) return;
      await collection.updateOne(
        { _id: id } as Filter<T>,
        { $pull: { outbox: { id: { $in: ids } } } } as unknown as UpdateFilter<T>,
      );
    },
  };
};
