import { newId } from '@guichet/contracts/ids';
import type { Channel, ConsumeMessage } from 'amqplib';
import { createAttempt } from '../attempt.ts';
import type { Subscription } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import type { createInFlight } from '../in-flight.ts';
import { messageSchema } from '../message.ts';
import { persist } from '../persist.ts';
import type { Ending } from './listener.ts';
import type { Publisher } from './publisher.ts';
import { parkedQueue, retryQueue } from './topology.ts';

export const attemptHeader = 'x-guichet-attempt';
export const errorHeader = 'x-guichet-error';
export const parkedAtHeader = 'x-guichet-parked-at';

export type ConsumerOptions = BusOptions & {
  publisher: Publisher;
  inFlight: ReturnType<typeof createInFlight>;
  /** The whole bus closes. */
  closing: AbortSignal;
};

/**
 * Handles the deliveries of one queue. A failed one is never given back to the broker, which would
 * bring it again at once and for ever: a copy goes to the next retry tier or to the parked queue,
 * and only when the broker has that copy is the original acknowledged. Until it has, the copy is
 * sent again: a delivery that is left lying keeps its place of those that are worked on at once.
 */
export function createConsumer({
  subscription,
  channel,
  ending,
  closing,
  publisher,
  inFlight,
  ...options
}: ConsumerOptions & { subscription: Subscription; channel: Channel; ending: Ending }) {
  const { consumer } = subscription;
  const attempt = createAttempt({ subscription, ...options });
  /** From then on the delivery comes again by itself, elsewhere or later. */
  const useless = AbortSignal.any([ending.gone, closing]);

  async function work(delivery: ConsumeMessage): Promise<void> {
    const { content, properties } = delivery;
    // Whoever published without an id must still be told from others.
    const messageId: string = properties.messageId ?? newId();
    const copyTo = (routingKey: string, headers: Record<string, unknown>) =>
      persist(
        () => publisher.publish({ exchange: '', routingKey, content, messageId, headers }),
        useless,
      );
    await attempt({
      messageId,
      tried: Number(properties.headers?.[attemptHeader] ?? 0),
      read: () => messageSchema.parse(JSON.parse(content.toString('utf8'))),
      later: (attempts, afterMs) =>
        copyTo(retryQueue(consumer, afterMs), { [attemptHeader]: attempts }),
      park: ({ attempts, error, parkedAt }) =>
        copyTo(parkedQueue(consumer), {
          [attemptHeader]: attempts,
          [errorHeader]: error,
          [parkedAtHeader]: parkedAt,
        }),
    });
    channel.ack(delivery);
  }

  // A throw in here would end the whole connection.
  return (delivery: ConsumeMessage | null): void => {
    if (delivery === null) {
      ending.end(new Error('the broker ended the subscription'));
      return;
    }
    inFlight.track(work(delivery)).catch((err: unknown) => {
      // Neither done nor moved on, so not acknowledged: it comes back by the next channel.
      options.logger.warn({ err, consumer }, 'a message could not be acknowledged');
    });
  };
}
