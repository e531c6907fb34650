import type { Logger } from '@guichet/telemetry/logger';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Parked, ParkedMessage } from '../bus.ts';
import { type Job, parkedOf, queueOf } from './job.ts';

const view = ({ data, createdOn }: JobWithMetadata<Job>): ParkedMessage => ({
  id: data.message.id,
  message: data.message,
  attempts: data.attempts,
  error: data.error ?? 'its worker ended each time',
  parkedAt: data.parkedAt ?? createdOn.toISOString(),
});

/** The parked queue of one consumer in pg-boss's tables. */
export function createParked(boss: PgBoss, consumer: string, logger: Logger): Parked {
  const queue = parkedOf(consumer);

  async function all(): Promise<JobWithMetadata<Job>[]> {
    if (!(await boss.getQueue(queue))) {
      throw new Error(`nothing is kept for a consumer ${consumer}`);
    }
    const jobs = await boss.findJobs<Job>(queue, { queued: true });
    return jobs.sort((a, b) => a.createdOn.getTime() - b.createdOn.getTime());
  }

  return {
    async list(limit = 100) {
      return (await all()).slice(0, limit).map(view);
    },
    async replay(id) {
      const chosen = (await all()).filter(({ data }) => id === 'all' || data.message.id === id);
      for (const { id: jobId, data } of chosen) {
        const again: Job = { message: data.message, attempts: 0 };
        await boss.send(queueOf(consumer, data.message.type), again);
        await boss.deleteJob(queue, jobId);
      }
      return chosen.length;
    },
    async discard(id, reason) {
      const chosen = (await all()).filter(({ data }) => data.message.id === id);
      for (const { id: jobId } of chosen) await boss.deleteJob(queue, jobId);
      if (chosen.length > 0) {
        logger.warn({ consumer, messageId: id, reason }, 'a parked message is discarded');
      }
      return chosen.length > 0;
    },
  };
}
