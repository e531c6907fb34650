import type { IdempotencyStore } from '@guichet/http/idempotency';
import type { Pool } from './pool.ts';

/**
 * Idempotency keys in the service's own database, kept for a day. A claim whose holder died is
 * free after a minute, longer than any request may take.
 */
export function postgresIdempotencyStore(pool: Pool): IdempotencyStore {
  return {
    async claim({ scope, key, bodyHash }) {
      // Takes over what is abandoned or older than a day; of several at once, one row changes.
      const { rowCount } = await pool.query(
        `insert into idempotency_keys as k (scope, key, body_hash, locked_until)
         values ($1, $2, $3, now() + interval '1 minute')
         on conflict (scope, key) do update
            set body_hash = excluded.body_hash, locked_until = excluded.locked_until,
                created_at = now(), status = null, headers = null, body = null
          where k.created_at < now() - interval '1 day'
             or (k.status is null and k.locked_until < now() and k.body_hash = excluded.body_hash)`,
        [scope, key, bodyHash],
      );
      if (rowCount === 1) return { state: 'new' };

      const { rows } = await pool.query(
        `select body_hash, status, headers, body from idempotency_keys
          where scope = $1 and key = $2`,
        [scope, key],
      );
      const [known] = rows;
      if (!known) return { state: 'in_flight' };
      if (known.body_hash !== bodyHash) return { state: 'mismatch' };
      if (known.status === null) return { state: 'in_flight' };
      return { state: 'replay', status: known.status, headers: known.headers, body: known.body };
    },
    async complete({ scope, key, status, headers, body }) {
      await pool.query(
        `update idempotency_keys set status = $3, headers = $4, body = $5
          where scope = $1 and key = $2`,
        [scope, key, status, JSON.stringify(headers), body],
      );
    },
    async release({ scope, key }) {
      await pool.query(
        `delete from idempotency_keys where scope = $1 and key = $2 and status is null`,
        [scope, key],
      );
    },
  };
}
