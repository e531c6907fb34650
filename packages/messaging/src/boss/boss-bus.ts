import { randomUUID } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { Bus, Subscription } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import { createInFlight } from '../in-flight.ts';
import type { Message, WrittenMessage } from '../message.ts';
import { auditParked } from '../parked-audit.ts';
import { type Job, keepQueue, parkedOf, queueOf } from './job.ts';
import { createParked } from './parked.ts';
import { startBoss } from './start-boss.ts';
import { createWorker } from './worker.ts';

/** As fast as pg-boss polls. */
const pollSeconds = 0.5;
/** Parked messages wait for a person, not for a clock. */
const parkedSeconds = 365 * 24 * 3_600;
/** A worker that died holds its job for a minute; then it is delivered again, and at last parked. */
const died = { retryLimit: 20, retryDelay: 0, expireInSeconds: 60 };

/**
 * The bus on PostgreSQL by pg-boss, for one machine without RabbitMQ: durable and at least once,
 * slower by its polling. One queue per consumer and type; pg-boss's own retries are for workers
 * that died, ours go by tiers.
 */
export async function createBossBus(options: BusOptions): Promise<Bus> {
  const { logger, metrics } = options;
  const boss = await startBoss(options);
  const { listen, stop } = createListeners(boss, options);

  async function publish(message: Message): Promise<void> {
    await boss.publish(message.type, { message, attempts: 0 } satisfies Job);
  }
  async function publishAll(messages: readonly WrittenMessage[]): Promise<(Error | undefined)[]> {
    const results = await Promise.allSettled(
      messages.map(({ data, ...rest }) => publish({ ...rest, data: JSON.parse(data) })),
    );
    return results.map((result) => (result.status === 'rejected' ? result.reason : undefined));
  }
  const parked = (consumer: string) =>
    createParked({ boss, audit: auditParked(publish, consumer), consumer, logger });

  return {
    publish,
    publishAll,
    async subscribe(subscription) {
      const { consumer, everyProcess, types } = subscription;
      if (!everyProcess) {
        await keepQueue(boss, parkedOf(consumer), { retentionSeconds: parkedSeconds });
        metrics.watchParked(consumer, parked(consumer).count);
      }
      for (const type of types) await listen(subscription, type);
    },
    parked,
    async ready() {
      await boss.getDb().executeSql('select 1', []);
    },
    close: stop,
  };
}

function createListeners(boss: PgBoss, options: BusOptions) {
  const inFlight = createInFlight();
  const own: string[] = [];

  return {
    async listen(subscription: Subscription, type: string): Promise<void> {
      const { consumer, prefetch = 16, everyProcess } = subscription;
      const queue = queueOf(everyProcess ? `${consumer}.${randomUUID()}` : consumer, type);
      if (everyProcess) own.push(queue);
      const atLast = everyProcess ? {} : { deadLetter: parkedOf(consumer) };
      await keepQueue(boss, queue, { ...died, ...atLast });
      await boss.subscribe(type, queue);
      const work = createWorker({ ...options, boss, queue, subscription });
      await boss.work<Job>(
        queue,
        { batchSize: prefetch, pollingIntervalSeconds: pollSeconds },
        async (jobs) => {
          await inFlight.track(Promise.all(jobs.map(({ data }) => work(data))));
        },
      );
    },
    async stop(): Promise<void> {
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
