import type { KeyStore, StoredKey } from '@guichet/keys/key-ring';
import type { Pool } from '@guichet/postgres/pool';

/** The keys that sign access tokens; of the replicas that make the next one, one keeps theirs. */
export const keyStore = (pool: Pool): KeyStore => ({
  async list() {
    const { rows } = await pool.query<StoredKey>(
      `select kid, public_jwk as "publicJwk", sealed_private_jwk as "sealedPrivateJwk",
              created_at as "createdAt", active_from as "activeFrom"
         from signing_keys order by active_from`,
    );
    return rows;
  },

  async insert({ kid, publicJwk, sealedPrivateJwk, createdAt, activeFrom }) {
    const { rowCount } = await pool.query(
      `insert into signing_keys (kid, public_jwk, sealed_private_jwk, created_at, active_from)
       values ($1, $2, $3, $4, $5)
       on conflict on constraint signing_keys_one_at_a_time do nothing`,
      [kid, JSON.stringify(publicJwk), sealedPrivateJwk, createdAt, activeFrom],
    );
    return rowCount === 1;
  },

  async remove(kid) {
    await pool.query('delete from signing_keys where kid = $1', [kid]);
  },
});
