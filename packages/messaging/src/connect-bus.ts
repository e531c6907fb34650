import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { unreachable } from '@guichet/telemetry/unreachable';
import { createBossBus } from './boss/boss-bus.ts';
import type { Bus } from './bus.ts';
import { busMetrics } from './metrics.ts';
import { createRabbitBus } from './rabbit/rabbit-bus.ts';
import { defaultRetryTiersMs } from './retry.ts';

/**
 * The bus that a URL names: `amqp://` or `amqps://` is RabbitMQ, `postgres://` is pg-boss on that
 * database (one machine only). RabbitMQ may come later: it is connected to whenever it is there.
 * PostgreSQL has to be there; else this rejects with a sentence, and may be called again.
 */
export async function connectBus({
  url,
  logger,
  metrics,
  retryTiersMs = defaultRetryTiersMs,
  asOperator = false,
}: {
  url: string;
  logger: Logger;
  metrics: Metrics;
  /** Pauses before the second, third, … attempt; after the last one a message is parked. */
  retryTiersMs?: readonly number[];
  /** For a program that a person runs: what is not there is an error, and neither made nor awaited. */
  asOperator?: boolean;
}): Promise<Bus> {
  const { protocol } = new URL(url);
  const options = { url, logger, metrics: busMetrics(metrics), tiersMs: retryTiersMs, asOperator };
  if (protocol === 'amqp:' || protocol === 'amqps:') return createRabbitBus(options);
  if (protocol === 'postgres:' || protocol === 'postgresql:') {
    return createBossBus(options).catch((cause: unknown) => {
      throw unreachable({ server: 'PostgreSQL', url, setting: 'MESSAGES_URL', cause });
    });
  }
  throw new Error(`MESSAGES_URL is ${protocol}//…; it must be amqp://, amqps:// or postgres://.`);
}
