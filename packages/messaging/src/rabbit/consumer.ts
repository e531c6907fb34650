import { newId } from '@guichet/contracts/ids';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { withTraceparent } from '@guichet/telemetry/trace';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Subscription } from '../bus.ts';
import type { createInFlight } from '../in-flight.ts';
import { type Message, messageSchema } from '../message.ts';
import { afterFailure, sentenceOf } from '../retry.ts';
import type { Publisher } from './publisher.ts';
import { parkedQueue, retryQueue } from './topology.ts';

export const attemptHeader = 'x-guichet-attempt';
export const errorHeader = 'x-guichet-error';
export const parkedAtHeader = 'x-guichet-parked-at';

const attemptsOf = ({ properties }: ConsumeMessage): number =>
  Number(properties.headers?.[attemptHeader] ?? 0);

/** Whoever published without an id must still be told from others. */
const idOf = ({ properties }: ConsumeMessage): string => properties.messageId ?? newId();

const read = (delivery: ConsumeMessage): Message =>
  messageSchema.parse(JSON.parse(delivery.content.toString('utf8')));

export type Attempts = { succeeded(): void; retried(): void; parked(): void };

/**
 * Handles the deliveries of one queue. A failed one is never given back to the broker, which would
 * bring it again at once and for ever: a copy goes to the next retry tier or to the parked queue,
 * and only when the broker has that copy is the original acknowledged.
 */
export function createConsumer({
  subscription: { consumer, handle },
  tiersMs,
  publisher,
  inFlight,
  attempts,
  logger,
}: {
  subscription: Subscription;
  tiersMs: readonly number[];
  publisher: Publisher;
  inFlight: ReturnType<typeof createInFlight>;
  attempts: Attempts;
  logger: Logger;
}) {
  async function moveOn(delivery: ConsumeMessage, error: unknown): Promise<void> {
    const tried = attemptsOf(delivery);
    const next = afterFailure(error, tried, tiersMs);
    const parking = next === 'park';
    const messageId = idOf(delivery);
    logger[parking ? 'error' : 'warn'](
      { err: error, consumer, messageId, attempt: tried + 1 },
      parking ? 'a message is parked' : 'a message is tried again later',
    );
    await publisher.publish({
      exchange: '',
      routingKey: parking ? parkedQueue(consumer) : retryQueue(consumer, next.retryAfterMs),
      content: delivery.content,
      messageId,
      headers: {
        [attemptHeader]: tried + 1,
        ...(parking
          ? { [errorHeader]: sentenceOf(error), [parkedAtHeader]: new Date().toISOString() }
          : {}),
      },
    });
    if (parking) attempts.parked();
    else attempts.retried();
  }

  async function work(channel: Channel, delivery: ConsumeMessage): Promise<void> {
    try {
      const message = read(delivery);
      await withTraceparent(message.traceparent, () => handle(message));
      step('message.handled');
      attempts.succeeded();
    } catch (error) {
      await moveOn(delivery, error);
    }
    channel.ack(delivery);
  }

  return (channel: Channel) =>
    (delivery: ConsumeMessage | null): void => {
      // null: the queue was deleted under us. A throw here would end the whole connection.
      if (delivery === null) return;
      inFlight.track(work(channel, delivery)).catch((err: unknown) => {
        // Neither done nor moved on, so not acknowledged: it comes back with the next connection.
        logger.warn({ err, consumer }, 'a message could not be acknowledged');
      });
    };
}
