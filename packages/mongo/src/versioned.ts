import type { Message } from '@guichet/messaging/message';
import type { Collection, Filter, UpdateFilter, WithId } from 'mongodb';

/**
 * An aggregate: one document, changed only by its version. `outbox` holds the facts that the relay
 * has yet to publish and is absent when there are none; `handled` the ids of the last messages
 * that changed it.
 */
export type Versioned = {
  _id: string;
  version: number;
  outbox?: readonly Message[];
  handled?: readonly string[];
};

type Fields<T extends Versioned> = Omit<T, keyof Versioned>;

export type Change<T extends Versioned> = {
  /** New values; a field that is `undefined` here is removed. */
  set?: { [K in keyof Fields<T>]?: Fields<T>[K] | undefined };
  /** Facts to publish, in this order. Their `sequence` is the version after the change. */
  messages?: readonly Message[];
  /** The message this change answers. A document that has handled it already is left as it is. */
  handles?: string;
};

/** So many ids of handled messages are kept; a broker redelivers within minutes, not months. */
const handledKept = 100;

/** Someone else changed the document each time; the caller may try again later. */
export class VersionConflict extends Error {}

/** The fields of a first insert: version 1 and what is to be published. */
export const firstVersion = (messages: readonly Message[] = []) => ({
  version: 1,
  ...(messages.length > 0 && { outbox: messages }),
});

/**
 * Makes one change in one update, if the document still has the version that was read; answers
 * the new document, or `null` when another was first or the message was handled before.
 *
 * The outbox is only ever pushed to, never written whole: the relay takes from it without a new
 * version, and a replacement would bring back what has been published.
 */
export async function changeVersion<T extends Versioned>(
  collection: Collection<T>,
  read: { _id: string; version: number },
  change: Change<T>,
): Promise<WithId<T> | null> {
  const entries = Object.entries(change.set ?? {});
  const removed = entries.filter(([, value]) => value === undefined).map(([name]) => [name, '']);
  const push = {
    ...(change.messages?.length && { outbox: { $each: change.messages } }),
    ...(change.handles && { handled: { $each: [change.handles], $slice: -handledKept } }),
  };
  const update = {
    $set: {
      ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
      version: read.version + 1,
    },
    ...(removed.length > 0 && { $unset: Object.fromEntries(removed) }),
    ...(Object.keys(push).length > 0 && { $push: push }),
  };
  const filter = {
    _id: read._id,
    version: read.version,
    ...(change.handles && { handled: { $ne: change.handles } }),
  };
  return collection.findOneAndUpdate(filter as Filter<T>, update as unknown as UpdateFilter<T>, {
    returnDocument: 'after',
  });
}

/** More attempts than this on one document is not contention but a loop. */
const maxAttempts = 20;

/**
 * Reads a document, asks `decide` for the change, and makes it; reads and decides again when
 * another was first. Answers `null` when there is no such document, and the document as it is when
 * `decide` answers nothing to change or the message was handled before.
 */
export async function changeDocument<T extends Versioned>(
  collection: Collection<T>,
  id: string,
  decide: (current: WithId<T>) => Change<T> | undefined | Promise<Change<T> | undefined>,
): Promise<WithId<T> | null> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const current = await collection.findOne({ _id: id } as Filter<T>);
    if (!current) return null;
    const change = await decide(current);
    if (!change || (change.handles && current.handled?.includes(change.handles))) return current;
    const changed = await changeVersion(collection, { _id: id, version: current.version }, change);
    if (changed) return changed;
  }
  throw new VersionConflict(`${collection.collectionName} ${id} changes too often`);
}
