import type { KeyStore, StoredKey } from '@guichet/keys/key-ring';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';

/**
 * Keys that begin to sign within so long of each other are one key made twice. Replicas that start
 * together read their clocks some milliseconds apart, and each would sign with a key that the
 * others do not publish yet.
 */
const sameMoment = '5 minutes';

export const keyStore = (pool: Pool): KeyStore => ({
  async list() {
    const { rows } = await pool.query<StoredKey>(
      `select kid, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk",
              created_at as "createdAt", active_from as "activeFrom"
         from signing_keys order by active_from`,
    );
    return rows;
  },

  async insert(key) {
    return inTransaction(pool, async (tx) => {
      // Whoever comes second must see the key of the first; a look and a lock in one statement
      // would look before it has the lock.
      await tx.query('lock table signing_keys in share row exclusive mode');
      const { rowCount } = await tx.query(
        `insert into signing_keys (kid, public_jwk, sealed_private_jwk, created_at, active_from)
         select $1, $2, $3, $4, $5
          where not exists (
            select from signing_keys
             where active_from > $5::timestamptz - interval '${sameMoment}'
               and active_from < $5::timestamptz + interval '${sameMoment}')`,
        [
          key.kid,
          JSON.stringify(key.publicJwk),
          key.sealedPrivateJwk,
          key.createdAt,
          key.activeFrom,
        ],
      );
      return rowCount === 1;
    });
  },

  async remove(kid) {
    await pool.query('delete from signing_keys where kid = $1', [kid]);
  },
});
