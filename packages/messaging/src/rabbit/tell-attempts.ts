import type { Logger } from '@guichet/telemetry/logger';
import { unreachable } from '@guichet/telemetry/unreachable';
import type { RecoveringChannelModel } from 'amqplib';

/** Attempts come every few seconds; one line of them is enough for so long. */
const remindMs = 30_000;

/**
 * Watches the attempts to connect: says now and then why they fail, in the log, and at any time in
 * `failure`. `first` resolves after the first one, whatever it came to.
 */
export function tellAttempts(
  connection: RecoveringChannelModel,
  { url, logger }: { url: string; logger: Logger },
) {
  const first = Promise.withResolvers<void>();
  let failure: Error | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;

  connection.on('connect', () => {
    if (failure) logger.info('RabbitMQ is connected');
    failure = undefined;
    saidAt = Number.NEGATIVE_INFINITY;
    first.resolve();
  });
  connection.on('connect-failed', (cause) => {
    const next = unreachable({ server: 'RabbitMQ', url, setting: 'MESSAGES_URL', cause });
    if (next.message !== failure?.message || performance.now() - saidAt >= remindMs) {
      logger.warn(next.message);
      saidAt = performance.now();
    }
    failure = next;
    first.resolve();
  });

  return { first: first.promise, failure: () => failure };
}
