import { newId } from '@guichet/contracts/ids';
import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { withTraceparent } from '@guichet/telemetry/trace';
import type { Channel, ConsumeMessage } from 'amqplib';
import type { Subscription } from '../bus.ts';
import type { createInFlight } from '../in-flight.ts';
import { type Message, messageSchema } from '../message.ts';
import { persist } from '../persist.ts';
import { afterFailure, sentenceOf } from '../retry.ts';
import type { Ending } from './listener.ts';
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
 * and only when the broker has that copy is the original acknowledged. Until it has, the copy is
 * sent again: a delivery that is left lying keeps its place of those that are worked on at once.
 */
export function createConsumer({
  subscription: { consumer, handle, everyProcess },
  channel,
  ending,
  closing,
  tiersMs,
  publisher,
  inFlight,
  attempts,
  logger,
}: {
  subscription: Subscription;
  channel: Channel;
  ending: Ending;
  /** The whole bus closes. */
  closing: AbortSignal;
  tiersMs: readonly number[];
  publisher: Publisher;
  inFlight: ReturnType<typeof createInFlight>;
  attempts: Attempts;
  logger: Logger;
}) {
  /** From then on the delivery comes again by itself, elsewhere or later. */
  const useless = AbortSignal.any([ending.gone, closing]);

  async function moveOn(delivery: ConsumeMessage, error: unknown): Promise<void> {
    const tried = attemptsOf(delivery);
    const next = afterFailure(error, tried, tiersMs);
    const parking = next === 'park';
    const messageId = idOf(delivery);
    logger[parking ? 'error' : 'warn'](
      { err: error, consumer, messageId, attempt: tried + 1 },
      parking ? 'a message is parked' : 'a message is tried again later',
    );
    const copy = {
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
    };
    await persist(() => publisher.publish(copy), useless);
    if (parking) attempts.parked();
    else attempts.retried();
  }

  async function work(delivery: ConsumeMessage): Promise<void> {
    try {
      const message = read(delivery);
      await withTraceparent(message.traceparent, () => handle(message));
      step('message.handled');
      attempts.succeeded();
    } catch (err) {
      if (everyProcess) logger.warn({ err, consumer }, 'a message is let go');
      else await moveOn(delivery, err);
    }
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
      logger.warn({ err, consumer }, 'a message could not be acknowledged');
    });
  };
}
