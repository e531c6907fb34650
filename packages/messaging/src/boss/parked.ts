import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import type { JobWithMetadata, PgBoss } from 'pg-boss';
import type { Parked, ParkedMessage } from '../bus.ts';
import type { AuditParked } from '../parked-audit.ts';
import { neverDone, noSuchConsumer, readParked } from '../parked-message.ts';
import { type Job, parkedOf, queueOf } from './job.ts';

const view = ({ data, createdOn }: JobWithMetadata<Job>): ParkedMessage => ({
  ...readParked(JSON.stringify(data.message ?? null)),
  attempts: data.attempts,
  error: data.error ?? neverDone,
  parkedAt: data.parkedAt ?? createdOn.toISOString(),
});

/** The parked queue of one consumer in pg-boss's tables. */
export function createParked({
  boss,
  audit,
  consumer,
  logger,
}: {
  boss: PgBoss;
  audit: AuditParked;
  consumer: string;
  logger: Logger;
}): Parked {
  const queue = parkedOf(consumer);

  async function all(): Promise<{ jobId: string; parked: ParkedMessage }[]> {
    if (!(await boss.getQueue(queue))) throw noSuchConsumer(consumer);
    const jobs = await boss.findJobs<Job>(queue, { queued: true });
    return jobs
      .sort((a, b) => a.createdOn.getTime() - b.createdOn.getTime())
      .map((job) => ({ jobId: job.id, parked: view(job) }));
  }

  return {
    async count() {
      return (await boss.getQueue(queue)) ? (await all()).length : undefined;
    },
    async list(limit = 100) {
      return (await all()).slice(0, limit).map(({ parked }) => parked);
    },
    async find(id) {
      return (await all()).find(({ parked }) => parked.id === id)?.parked;
    },
    async replay(chosen, actor) {
      const those = (await all()).filter(({ parked }) => chosen === 'all' || parked.id === chosen);
      for (const { jobId, parked } of those) {
        await audit('message.replayed', parked, actor);
        const again: Job = { message: parked.message, attempts: 0 };
        // By its id, so that who replays it twice, after a crash in between, delivers it once.
        await boss.send(queueOf(consumer, parked.message.type), again, { id: jobId });
        step('parked.replayed');
        await boss.deleteJob(queue, jobId);
      }
      return those.length;
    },
    async discard(id, actor) {
      const those = (await all()).filter(({ parked }) => parked.id === id);
      for (const { jobId, parked } of those) {
        await audit('message.discarded', parked, actor);
        step('parked.discarded');
        await boss.deleteJob(queue, jobId);
        logger.warn({ consumer, messageId: id, ...actor }, 'a parked message is discarded');
      }
      return those.length > 0;
    },
  };
}
