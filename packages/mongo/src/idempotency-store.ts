import type { IdempotencyStore } from '@guichet/http/idempotency';
import type { Collection, Db } from 'mongodb';
import { isDuplicateKey } from './duplicate-key.ts';

type Claim = Parameters<IdempotencyStore['claim']>[0];
type Replay = Extract<Awaited<ReturnType<IdempotencyStore['claim']>>, { state: 'replay' }>;

type Key = {
  _id: string;
  bodyHash: string;
  lockedUntil: Date;
  at: Date;
  answer?: Omit<Replay, 'state'>;
};

/** As long as Stripe keeps its keys: a client may repeat itself for a day. */
export const idempotencyKeptMs = 24 * 3_600_000;
/** A claim whose holder died frees itself after this; longer than any request may take. */
const lockMs = 60_000;

/** Claims are unique by `_id`, so of several requests at once exactly one goes on. */
export function mongoIdempotencyStore(db: Db, now: () => number = Date.now): IdempotencyStore {
  const keys: Collection<Key> = db.collection('idempotency_keys');
  const idOf = ({ scope, key }: { scope: string; key: string }) => `${scope} ${key}`;
  const fresh = (bodyHash: string): Omit<Key, '_id'> => ({
    bodyHash,
    lockedUntil: new Date(now() + lockMs),
    at: new Date(now()),
  });

  const insert = (claim: Claim) =>
    keys.insertOne({ _id: idOf(claim), ...fresh(claim.bodyHash) }).then(
      () => true,
      (error: unknown) => {
        if (isDuplicateKey(error)) return false;
        throw error;
      },
    );

  /** Takes over what is expired or abandoned; of several who try, one. */
  const takeOver = async (held: Key, bodyHash: string) => {
    const { matchedCount } = await keys.replaceOne(
      { _id: held._id, at: held.at, lockedUntil: held.lockedUntil },
      fresh(bodyHash),
    );
    return matchedCount === 1;
  };

  return {
    async claim(claim) {
      if (await insert(claim)) return { state: 'new' };
      const held = await keys.findOne({ _id: idOf(claim) });
      // Released between the two: whoever claims next is the one.
      if (!held) return (await insert(claim)) ? { state: 'new' } : { state: 'in_flight' };

      const expired = held.at.getTime() + idempotencyKeptMs <= now();
      if (!expired && held.bodyHash !== claim.bodyHash) return { state: 'mismatch' };
      if (!expired && held.answer) return { state: 'replay', ...held.answer };
      if (!expired && held.lockedUntil.getTime() > now()) return { state: 'in_flight' };
      return (await takeOver(held, claim.bodyHash)) ? { state: 'new' } : { state: 'in_flight' };
    },

    async complete({ status, headers, body, ...claim }) {
      await keys.updateOne({ _id: idOf(claim) }, { $set: { answer: { status, headers, body } } });
    },

    async release(claim) {
      await keys.deleteOne({ _id: idOf(claim), answer: { $exists: false } });
    },
  };
}
