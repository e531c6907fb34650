import { createLoop } from '@guichet/loop/loop';
import type { Logger } from '@guichet/telemetry/logger';
import type { Db } from 'mongodb';
import type { Index } from './ensure-indexes.ts';
import { idempotencyKeptMs } from './idempotency-store.ts';

const keptMs = { idempotency_keys: idempotencyKeptMs };

/** What the sweeper finds old rows by. */
export const sweeperIndexes: Record<keyof typeof keptMs, Index[]> = {
  idempotency_keys: [{ key: { at: 1 } }],
};

/** Once an hour is often enough for rows that nobody reads any more. */
const everyMs = 3_600_000;

/** Removes what is kept for a while only. TTL indexes would do, but the stand-in ignores them. */
export const createSweeper = ({ db, logger }: { db: Db; logger: Logger }) =>
  createLoop({
    pauseMs: everyMs,
    async turn() {
      for (const [collection, forMs] of Object.entries(keptMs)) {
        await db.collection(collection).deleteMany({ at: { $lt: new Date(Date.now() - forMs) } });
      }
    },
    onError: (err) => logger.warn({ err }, 'old rows could not be swept'),
  });
