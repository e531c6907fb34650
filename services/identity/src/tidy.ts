import type { Pool } from '@guichet/postgres/pool';
import type { Logger } from '@guichet/telemetry/logger';
import { resetTokenStore } from './accounts/reset-token-store.ts';
import { sessionStore } from './sessions/session-store.ts';

const everyMs = 5 * 60_000;

/** Removes what has expired: nothing depends on it, for every statement looks at the time itself. */
export function createTidy({ pool, logger }: { pool: Pool; logger: Logger }) {
  let timer: NodeJS.Timeout | undefined;

  const run = async (): Promise<void> => {
    await sessionStore(pool).removeExpired();
    await resetTokenStore(pool).removeExpired();
    await pool.query('delete from throttles where expire < $1', [Date.now()]);
  };

  return {
    run,
    start() {
      timer = setInterval(() => {
        run().catch((err: unknown) => logger.warn({ err }, 'expired rows could not be removed'));
      }, everyMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
