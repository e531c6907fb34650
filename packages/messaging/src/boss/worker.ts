import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { withTraceparent } from '@guichet/telemetry/trace';
import type { PgBoss } from 'pg-boss';
import type { Subscription } from '../bus.ts';
import { messageSchema } from '../message.ts';
import type { BusMetrics } from '../metrics.ts';
import { afterFailure, sentenceOf } from '../retry.ts';
import { type Job, parkedOf } from './job.ts';

/** Handles the jobs of one queue; a failed one goes on as another job, later or to the parked. */
export function createWorker({
  boss,
  queue,
  subscription: { consumer, handle, everyProcess },
  tiersMs,
  metrics,
  logger,
}: {
  boss: PgBoss;
  queue: string;
  subscription: Subscription;
  tiersMs: readonly number[];
  metrics: BusMetrics;
  logger: Logger;
}) {
  const outcome = metrics.of(consumer);

  async function park(job: Job, error: unknown): Promise<void> {
    const parkedAt = new Date().toISOString();
    const parked: Job = { ...job, error: sentenceOf(error), parkedAt };
    await boss.send(parkedOf(consumer), parked);
    outcome.parked();
  }

  async function moveOn(job: Job, error: unknown): Promise<void> {
    const next = afterFailure(error, job.attempts, tiersMs);
    const attempts = job.attempts + 1;
    const parking = next === 'park';
    logger[parking ? 'error' : 'warn'](
      { err: error, consumer, messageId: job.message.id, attempt: attempts },
      parking ? 'a message is parked' : 'a message is tried again later',
    );
    if (parking) return park({ ...job, attempts }, error);
    const startAfter = new Date(Date.now() + next.retryAfterMs);
    await boss.send(queue, { ...job, attempts } satisfies Job, { startAfter });
    outcome.retried();
  }

  return async (job: Job): Promise<void> => {
    try {
      const message = messageSchema.parse(job.message);
      await withTraceparent(message.traceparent, () => handle(message));
      step('message.handled');
      outcome.succeeded();
    } catch (err) {
      if (everyProcess) logger.warn({ err, consumer }, 'a message is let go');
      else await moveOn(job, err);
    }
  };
}
