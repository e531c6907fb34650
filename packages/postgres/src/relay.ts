import { createLoop, type Loop } from '@guichet/loop/loop';
import type { Bus } from '@guichet/messaging/bus';
import type { WrittenMessage } from '@guichet/messaging/message';
import { outboxMetrics } from '@guichet/messaging/outbox-metrics';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { step } from '@guichet/telemetry/step';
import type { PoolClient } from 'pg';
import type { Pool } from './pool.ts';

/** One relay per database: the others wait for this lock, so facts of one subject keep their order. */
const lockId = 7_201_916;
/** What a batch costs beside its facts, a commit and a wait for the broker, is shared by so many. */
const batch = 500;
/** Facts that come so soon after others go together: two statements and a confirm are shared. */
const apartMs = 20;
const firstRetryMs = 200;
const longestRetryMs = 5_000;

type Row = Omit<WrittenMessage, 'specversion' | 'datacontenttype' | 'time'> & {
  position: number;
  created_at: Date;
};

const messageOf = ({ position: _, created_at, traceparent, ...row }: Row): WrittenMessage => ({
  specversion: '1.0',
  datacontenttype: 'application/json',
  time: created_at.toISOString(),
  ...(traceparent ? { traceparent } : {}),
  ...row,
});

/**
 * Publishes what the outbox holds, in order, and deletes what the broker has: at least once. It
 * holds no transaction open while it publishes. Polling is the truth; `wake` only shortens the wait.
 */
export function createRelay({
  pool,
  bus,
  logger,
  metrics,
  pollMs = 200,
}: {
  pool: Pool;
  bus: Pick<Bus, 'publishAll'>;
  logger: Logger;
  metrics: Metrics;
  /** How long a fact may wait when nobody calls `wake`. */
  pollMs?: number;
}): Loop {
  const measured = outboxMetrics(metrics);
  let client: PoolClient | undefined;
  let retryMs = firstRetryMs;
  let askAgainAt = 0;

  /** The lock lives with its connection: when that is lost, so is the lock, and it is asked anew. */
  async function holdLock(): Promise<PoolClient | undefined> {
    if (client) return client;
    // Whoever has it publishes this process's facts too: to ask at each of them would be in vain.
    if (performance.now() < askAgainAt) return undefined;
    const fresh = await pool.connect();
    try {
      const { rows } = await fresh.query('select pg_try_advisory_lock($1) as held', [lockId]);
      if (!rows[0].held) {
        fresh.release();
        askAgainAt = performance.now() + pollMs / 2;
        return undefined;
      }
      // All that it writes is that facts have left. Should a crash forget that, they leave a second
      // time, as facts may; a flush of the log for each turn would be as dear as the bookings' own.
      await fresh.query('set synchronous_commit = off');
    } catch (error) {
      fresh.release(error as Error);
      throw error;
    }
    fresh.on('error', () => {});
    client = fresh;
    return fresh;
  }

  function dropLock(error?: Error): void {
    // Destroyed rather than returned: the lock belongs to the session.
    client?.release(error ?? true);
    client = undefined;
  }

  async function publishBatch(holder: PoolClient): Promise<number> {
    const { rows } = await holder.query<Row>({
      name: 'outbox-oldest',
      text: `select position, id, source, type, subject, sequence, data::text, traceparent,
                    created_at
               from outbox order by position limit ${batch}`,
    });
    measured.oldest([rows[0]?.created_at.getTime()]);
    if (rows.length === 0) return 0;

    const { positions, error } = await publishInOrder(rows);
    step('outbox.published');
    if (positions.length > 0) {
      // Those that left, and not all up to the last: a lower position may be committed later.
      await holder.query({
        name: 'outbox-published',
        text: 'delete from outbox where position = any($1::bigint[])',
        values: [positions],
      });
      measured.published(positions.length);
    }
    if (error) throw error;
    return rows.length;
  }

  /** Subjects side by side, each subject's own facts one after the other. */
  async function publishInOrder(rows: readonly Row[]) {
    const positions: number[] = [];
    let error: Error | undefined;
    let lines = [...Map.groupBy(rows, ({ subject }) => subject).values()];
    for (let nth = 0; lines.length > 0; nth += 1) {
      const facts = lines.flatMap((line) => line[nth] ?? []);
      const failures = await bus.publishAll(facts.map(messageOf));
      positions.push(...facts.filter((_, at) => !failures[at]).map(({ position }) => position));
      error ??= failures.find((failure) => failure);
      lines = lines.filter((line, at) => !failures[at] && line.length > nth + 1);
    }
    return { positions, error };
  }

  return createLoop({
    pauseMs: pollMs,
    apartMs,
    async turn() {
      const holder = await holdLock();
      const count = holder ? await publishBatch(holder) : 0;
      retryMs = firstRetryMs;
      return count === batch ? 'again' : undefined;
    },
    onError(err) {
      measured.failed();
      logger.warn({ err, retryMs }, 'facts wait to be published');
      dropLock(err as Error);
      const pauseMs = retryMs;
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      return pauseMs;
    },
    onStop: async () => dropLock(),
  });
}
