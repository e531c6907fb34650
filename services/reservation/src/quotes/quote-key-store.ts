import type { Queryable } from '@guichet/postgres/pool';
import type { JWK } from 'jose';

/** Catalog's public keys as it last told them. */
export const quoteKeyStore = (db: Queryable) => ({
  /** Keeps what catalog tells now, and lets go of what it no longer names. */
  async keep(keys: readonly JWK[]): Promise<void> {
    await db.query(
      // In one order, so that replicas that keep the same keys at once do not wait in a circle.
      `with told as (
         select jwk ->> 'kid' as kid, jwk from jsonb_array_elements($1::jsonb) jwk order by 1),
       gone as (delete from quote_keys where kid not in (select kid from told))
       insert into quote_keys (kid, jwk, told_at) select kid, jwk, now() from told
           on conflict (kid) do update set jwk = excluded.jwk, told_at = excluded.told_at`,
      [JSON.stringify(keys)],
    );
  },

  /** Those that catalog has told within so long. */
  async listTold(withinMs: number): Promise<JWK[]> {
    const { rows } = await db.query<{ jwk: JWK }>(
      `select jwk from quote_keys where told_at > now() - $1 * interval '1 millisecond'`,
      [withinMs],
    );
    return rows.map(({ jwk }) => jwk);
  },
});
