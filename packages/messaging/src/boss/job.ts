import type { PgBoss, QueueOptions } from 'pg-boss';
import type { Message } from '../message.ts';

/** A message on its way through the tables of pg-boss. */
export type Job = {
  readonly message: Message;
  readonly attempts: number;
  readonly error?: string;
  readonly parkedAt?: string;
};

/** One queue a consumer and type, since pg-boss publishes to queues and knows no bindings. */
export const queueOf = (consumer: string, type: string) => `${consumer}/${type}`;
export const parkedOf = (consumer: string) => `${consumer}/parked`;

/** Makes the queue, or brings the one that is there to what this version says of it. */
export async function keepQueue(
  boss: PgBoss,
  name: string,
  options: QueueOptions & { deadLetter?: string },
): Promise<void> {
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options);
}
