import { createLoop } from '@guichet/loop/loop';
import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import { resetTokenStore } from './accounts/reset-token-store.ts';
import { sessionStore } from './sessions/session-store.ts';

/** Removes what has expired: nothing depends on it, for every statement looks at the time itself. */
export const createTidy = ({
  pool,
  logger,
  everyMs = 5 * 60_000,
}: {
  pool: Pool;
  logger: Logger;
  everyMs?: number;
}) =>
  createLoop({
    pauseMs: everyMs,
    async turn() {
      await sessionStore(pool).removeExpired();
      await resetTokenStore(pool).removeExpired();
      await pool.query('delete from throttles where expire < $1', [Date.now()]);
    },
    onError: (err) => logger.warn({ err }, 'expired rows could not be removed'),
  });
