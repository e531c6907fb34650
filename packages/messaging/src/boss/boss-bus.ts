import { randomUUID } from 'node:crypto';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { withTraceparent } from '@guichet/telemetry/trace';
import { PgBoss } from 'pg-boss';
import type { Bus, Parked, ParkedMessage, Subscription } from '../bus.ts';
import { createInFlight } from '../in-flight.ts';
import { type Message, messageSchema } from '../message.ts';
import type { BusMetrics } from '../metrics.ts';
import { afterFailure, sentenceOf } from '../retry.ts';

type Job = { message: Message; attempts: number; error?: string; parkedAt?: string };

const queueOf = (consumer: string, type: string) => `${consumer}/${type}`;
const parkedOf = (consumer: string) => `${consumer}/parked`;

/** As fast as pg-boss polls. */
const pollSeconds = 0.5;
/** Parked messages wait for a person, not for a clock. */
const parkedSeconds = 365 * 24 * 3_600;

/**
 * The bus on PostgreSQL by pg-boss, for one machine without RabbitMQ: durable and at least once,
 * slower by its polling. One queue per consumer and type; pg-boss's own retries are off, since ours
 * go by tiers.
 */
export async function createBossBus({
  url,
  logger,
  metrics,
  tiersMs,
}: {
  url: string;
  logger: Logger;
  metrics: BusMetrics;
  tiersMs: readonly number[];
}): Promise<Bus> {
  const boss = new PgBoss({ connectionString: url, max: 4, schema: 'messages' });
  boss.on('error', (err) => logger.warn({ err }, 'the message tables could not be used'));
  await boss.start().catch(async (error: unknown) => {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  });
  const inFlight = createInFlight();
  const own: string[] = [];

  async function moveOn(queue: string, consumer: string, job: Job, error: unknown): Promise<void> {
    const next = afterFailure(error, job.attempts, tiersMs);
    const attempts = job.attempts + 1;
    const parking = next === 'park';
    logger[parking ? 'error' : 'warn'](
      { err: error, consumer, messageId: job.message.id, attempt: attempts },
      parking ? 'a message is parked' : 'a message is tried again later',
    );
    if (parking) {
      const parked = {
        ...job,
        attempts,
        error: sentenceOf(error),
        parkedAt: new Date().toISOString(),
      };
      await boss.send(parkedOf(consumer), parked, { retentionSeconds: parkedSeconds });
      metrics.of(consumer).parked();
      return;
    }
    const startAfter = new Date(Date.now() + next.retryAfterMs);
    await boss.send(queue, { ...job, attempts }, { startAfter });
    metrics.of(consumer).retried();
  }

  async function work(queue: string, subscription: Subscription, job: Job): Promise<void> {
    const { consumer, handle, everyProcess } = subscription;
    try {
      const message = messageSchema.parse(job.message);
      await withTraceparent(message.traceparent, () => handle(message));
      step('message.handled');
      metrics.of(consumer).succeeded();
    } catch (error) {
      if (everyProcess) logger.warn({ err: error, consumer }, 'a message is let go');
      else await moveOn(queue, consumer, job, error);
    }
  }

  async function listen(subscription: Subscription, type: string): Promise<void> {
    const { consumer, prefetch = 16, everyProcess } = subscription;
    const queue = queueOf(everyProcess ? `${consumer}.${randomUUID()}` : consumer, type);
    if (everyProcess) own.push(queue);
    // A worker that died holds its job for a minute; then it is delivered again.
    await boss.createQueue(queue, { retryLimit: 20, retryDelay: 0, expireInSeconds: 60 });
    await boss.subscribe(type, queue);
    await boss.work<Job>(
      queue,
      { batchSize: prefetch, pollingIntervalSeconds: pollSeconds },
      async (jobs) => {
        await inFlight.track(Promise.all(jobs.map(({ data }) => work(queue, subscription, data))));
      },
    );
  }

  return {
    async publish(message) {
      await boss.publish(message.type, { message, attempts: 0 } satisfies Job);
    },
    async subscribe(subscription) {
      if (!subscription.everyProcess) await boss.createQueue(parkedOf(subscription.consumer));
      for (const type of subscription.types) await listen(subscription, type);
    },
    parked: (consumer) => parkedIn(boss, consumer, logger),
    async ready() {
      await boss.getDb().executeSql('select 1', []);
    },
    async close() {
      await Promise.allSettled(
        own.map(async (queue) => {
          await boss.offWork(queue);
          await boss.deleteQueue(queue);
        }),
      );
      await boss.stop({ graceful: true, timeout: 20_000 });
      await inFlight.settled();
    },
  };
}

function parkedIn(boss: PgBoss, consumer: string, logger: Logger): Parked {
  const queue = parkedOf(consumer);
  const all = () => boss.findJobs<Job>(queue, { queued: true });
  const view = ({ message, attempts, error = '', parkedAt = '' }: Job): ParkedMessage => ({
    id: message.id,
    message,
    attempts,
    error,
    parkedAt,
  });

  return {
    async list(limit = 100) {
      return (await all()).slice(0, limit).map(({ data }) => view(data));
    },
    async replay(id) {
      const chosen = (await all()).filter(({ data }) => id === 'all' || data.message.id === id);
      for (const { id: jobId, data } of chosen) {
        await boss.send(queueOf(consumer, data.message.type), {
          message: data.message,
          attempts: 0,
        });
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
