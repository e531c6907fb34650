import { once } from 'node:events';
import type { Channel } from 'amqplib';

/**
 * Does `work` on a channel of its own, which closes before the result is answered: only then has
 * the broker seen everything. What the broker objects to rejects, and costs nobody else a channel.
 */
export async function onChannel<T>(
  createChannel: () => Promise<Channel>,
  work: (channel: Channel) => Promise<T>,
): Promise<T> {
  const channel = await createChannel();
  // The call that the broker objects to rejects by itself.
  channel.on('error', () => {});
  // amqplib leaves a call to close unanswered when the connection ends under it.
  const lost = once(channel, 'close').then(() => {
    throw new Error('the connection to RabbitMQ ended');
  });
  lost.catch(() => {});
  try {
    const result = await work(channel);
    await Promise.race([channel.close(), lost]);
    return result;
  } catch (error) {
    await Promise.race([Promise.try(() => channel.close()), lost]).catch(() => {});
    throw error;
  }
}

/** What the broker says of a queue that is not there, and of one that is declared otherwise. */
export const isMissing = (error: unknown) => (error as { code?: number }).code === 404;
export const isOtherwise = (error: unknown) => (error as { code?: number }).code === 406;
