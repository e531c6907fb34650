import { randomUUID } from 'node:crypto';
import type { Logger } from '@guichet/telemetry/logger';
import { PgBoss } from 'pg-boss';
import type { Bus, Subscription } from '../bus.ts';
import { publishWithinMs, within } from '../deadline.ts';
import { createInFlight } from '../in-flight.ts';
import type { BusMetrics } from '../metrics.ts';
import { type Job, parkedOf, queueOf } from './job.ts';
import { createParked } from './parked.ts';
import { createWorker } from './worker.ts';

/** As fast as pg-boss polls. */
const pollSeconds = 0.5;
/** Parked messages wait for a person, not for a clock. */
const parkedSeconds = 365 * 24 * 3_600;
/** What a process that died left behind for itself alone is not kept for long. */
const ownSeconds = 3_600;

/**
 * The bus on PostgreSQL by pg-boss, for one machine without RabbitMQ: durable and at least once,
 * slower by its polling, and a fact that nobody has subscribed to yet is not kept. pg-boss's own
 * retries are for workers that died; ours go by tiers.
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
  // `pg`'s own options, handed on: a server that is gone without a word must not hold a query.
  const connection = { connectionString: url, max: 4, query_timeout: 15_000, keepAlive: true };
  const boss = new PgBoss({ ...connection, schema: 'messages' });
  boss.on('error', (err) => logger.warn({ err }, 'the message tables could not be used'));
  await boss.start();
  const inFlight = createInFlight();
  const closing = new AbortController();
  const own: string[] = [];

  async function makeQueue({ consumer, everyProcess }: Subscription, type: string) {
    const queue = queueOf(everyProcess ? `${consumer}.${randomUUID()}` : consumer, type);
    if (everyProcess) own.push(queue);
    // A worker that died holds its job for a minute; then it is delivered again, or parked.
    const died = { retryLimit: 20, retryDelay: 0, expireInSeconds: 60 };
    await boss.createQueue(
      queue,
      everyProcess
        ? { ...died, retentionSeconds: ownSeconds }
        : { ...died, deadLetter: parkedOf(consumer) },
    );
    return queue;
  }

  async function listen(subscription: Subscription, type: string): Promise<void> {
    const queue = await makeQueue(subscription, type);
    await boss.subscribe(type, queue);
    const signal = closing.signal;
    const work = createWorker({
      boss,
      queue,
      subscription,
      tiersMs,
      closing: signal,
      metrics,
      logger,
    });
    await boss.work<Job>(
      queue,
      { batchSize: subscription.prefetch ?? 16, pollingIntervalSeconds: pollSeconds },
      async (jobs) => {
        await inFlight.track(Promise.all(jobs.map(({ data }) => work(data))));
      },
    );
  }

  return {
    publish: (message) =>
      within(publishWithinMs, 'PostgreSQL has not answered', async () => {
        await boss.publish(message.type, { message, attempts: 0 } satisfies Job);
      }),
    async subscribe(subscription) {
      if (!subscription.everyProcess) {
        await boss.createQueue(parkedOf(subscription.consumer), {
          retentionSeconds: parkedSeconds,
        });
      }
      for (const type of subscription.types) await listen(subscription, type);
    },
    parked: (consumer) => createParked(boss, consumer, logger),
    async ready() {
      await boss.getDb().executeSql('select 1', []);
    },
    async close() {
      closing.abort();
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
