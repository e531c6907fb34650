import type { KeyStore, StoredKey } from '@guichet/keys/key-ring';
import { isDuplicateKey } from '@guichet/mongo/duplicate-key';
import type { Db } from 'mongodb';

export const quoteKeyCollection = 'quote_keys';

/** `_id` is when the key begins to sign: of the replicas that make the next one, one keeps theirs. */
type Kept = Omit<StoredKey, 'activeFrom'> & { _id: Date };

/** The keys that sign quotes, in the service's own database. */
export function quoteKeyStore(db: Db): KeyStore {
  const keys = db.collection<Kept>(quoteKeyCollection);
  return {
    async list() {
      const found = await keys.find().toArray();
      return found.map(({ _id, ...key }) => ({ ...key, activeFrom: _id }));
    },
    async insert({ activeFrom, ...key }) {
      try {
        await keys.insertOne({ _id: activeFrom, ...key });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async remove(kid) {
      await keys.deleteOne({ kid });
    },
  };
}
