import type { Logger } from '@guichet/telemetry/logger';
import type { Pool } from './pool.ts';

/** Redelivery ends long before two weeks; a client may repeat itself for a day. */
const statements = [
  `delete from inbox where ctid = any(array(
     select ctid from inbox where handled_at < now() - interval '14 days' limit 1000))`,
  `delete from idempotency_keys where ctid = any(array(
     select ctid from idempotency_keys where created_at < now() - interval '1 day' limit 1000))`,
];

/** Deletes, a little each minute, what the inbox and the idempotency keys need no more. */
export function createSweeper({
  pool,
  logger,
  everyMs = 60_000,
}: {
  pool: Pool;
  logger: Logger;
  everyMs?: number;
}) {
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      timer = setInterval(() => {
        Promise.all(statements.map((sql) => pool.query(sql))).catch((err: unknown) =>
          logger.warn({ err }, 'old keys could not be deleted'),
        );
      }, everyMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
