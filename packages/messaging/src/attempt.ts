import type { Logger } from '@guichet/telemetry/logger';
import { step } from '@guichet/telemetry/step';
import { inConsumerSpan } from '@guichet/telemetry/trace';
import type { Subscription } from './bus.ts';
import type { Message } from './message.ts';
import type { BusMetrics } from './metrics.ts';
import { afterFailure, sentenceOf } from './retry.ts';

/** What is told of a message that is parked. */
export type Parking = {
  readonly attempts: number;
  readonly error: string;
  readonly parkedAt: string;
};

/** One delivery, as the bus that made it can move it on. */
export type Delivery = {
  readonly messageId: string;
  /** How often it was tried before. */
  readonly tried: number;
  /** Throws where it is no message. */
  read(): Message;
  later(attempts: number, afterMs: number): Promise<unknown>;
  park(parking: Parking): Promise<unknown>;
};

/** Tries each delivery once: when this resolves, it is done with, or has moved on. */
export function createAttempt({
  subscription: { consumer, handle, everyProcess },
  tiersMs,
  metrics,
  logger,
}: {
  subscription: Subscription;
  tiersMs: readonly number[];
  metrics: BusMetrics;
  logger: Logger;
}) {
  const outcome = metrics.of(consumer);

  async function moveOn({ messageId, tried, later, park }: Delivery, err: unknown) {
    const next = afterFailure(err, tried, tiersMs);
    const attempts = tried + 1;
    const facts = { err, consumer, messageId, attempt: attempts };
    if (next === 'park') {
      logger.error(facts, 'a message is parked');
      await park({ attempts, error: sentenceOf(err), parkedAt: new Date().toISOString() });
      outcome.parked();
    } else {
      logger.warn(facts, 'a message is tried again later');
      await later(attempts, next.retryAfterMs);
      outcome.retried();
    }
  }

  return async (delivery: Delivery): Promise<void> => {
    try {
      const message = delivery.read();
      const { traceparent, id: messageId } = message;
      await inConsumerSpan({ traceparent, consumer, messageId }, () => handle(message));
      step('message.handled');
      outcome.succeeded();
    } catch (err) {
      if (everyProcess) logger.warn({ err, consumer }, 'a message is let go');
      else await moveOn(delivery, err);
    }
  };
}
