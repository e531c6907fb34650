import type { Db, IndexSpecification } from 'mongodb';

/**
 * What an index may be. Partial filters, TTL and collations are left out on purpose: the stand-in
 * ignores them in silence, so a partial unique index would be unique over everything. Use a key
 * that is absent with `sparse`, a sweeper, and a lower-cased copy instead.
 */
export type Index = { key: IndexSpecification; unique?: boolean; sparse?: boolean };

/** By collection. */
export type Indexes = Readonly<Record<string, readonly Index[]>>;

/** Creates what is missing, at every start; safe with several replicas, since creating is idempotent. */
export async function ensureIndexes(db: Db, indexes: Indexes): Promise<void> {
  for (const [collection, wanted] of Object.entries(indexes)) {
    for (const { key, ...options } of wanted) {
      await db
        .collection(collection)
        .createIndex(key, options)
        .catch((cause: unknown) => {
          throw new Error(`The index ${JSON.stringify(key)} of ${collection} cannot be made`, {
            cause,
          });
        });
    }
  }
}

/** What the relay finds its work by; every collection with an outbox has it. */
export const outboxIndex: Index = { key: { 'outbox.id': 1 }, sparse: true };
