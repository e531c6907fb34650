import { createLoop } from '@guichet/loop/loop';
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
export const createSweeper = ({
  pool,
  logger,
  everyMs = 60_000,
}: {
  pool: Pool;
  logger: Logger;
  everyMs?: number;
}) =>
  createLoop({
    pauseMs: everyMs,
    turn: () => Promise.all(statements.map((sql) => pool.query(sql))),
    onError: (err) => logger.warn({ err }, 'old keys could not be deleted'),
  });
