import type { PgBoss } from 'pg-boss';
import { createAttempt } from '../attempt.ts';
import type { Subscription } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import { messageSchema } from '../message.ts';
import { type Job, parkedOf } from './job.ts';

/** Handles the jobs of one queue; a failed one goes on as another job, later or to the parked. */
export function createWorker({
  boss,
  queue,
  subscription,
  ...options
}: BusOptions & { boss: PgBoss; queue: string; subscription: Subscription }) {
  const attempt = createAttempt({ subscription, ...options });

  return (job: Job): Promise<void> =>
    attempt({
      messageId: job.message.id,
      tried: job.attempts,
      read: () => messageSchema.parse(job.message),
      later(attempts, afterMs) {
        const startAfter = new Date(Date.now() + afterMs);
        return boss.send(queue, { ...job, attempts } satisfies Job, { startAfter });
      },
      park: (parking) =>
        boss.send(parkedOf(subscription.consumer), { ...job, ...parking } satisfies Job),
    });
}
