import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { Redis, ReplyError } from 'ioredis';

export type Valkey = ReturnType<typeof connectValkey>;

/** How soon one that refuses to work is tried again. */
const againMs = 1_000;

/** Written to see that writing works; it means nothing. */
const probeKey = 'guichet:limits:probe';

/**
 * A connection to Valkey, or whatever speaks Redis' protocol, that is never waited for: `usable`
 * says whether it is worth asking, which it is once a write has come through. When that ends is
 * logged once, and when it is so again.
 */
export function connectValkey({
  url,
  logger,
  metrics,
  answerMs,
}: {
  url: string;
  logger: Logger;
  metrics: Metrics;
  /** An answer that takes longer is no answer. */
  answerMs: number;
}) {
  const client = new Redis(url, {
    // What cannot be asked at once is decided without it, and is not asked a second time.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: answerMs,
    // Whoever waits longer for an answer waits as long for a connection.
    connectTimeout: Math.max(2_000, answerMs),
    retryStrategy: (attempt) => Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2),
    // After a failover the old primary refuses to write, and its name leads to the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  let usable = false;
  let lost = false;
  let closing = false;
  let again: NodeJS.Timeout | undefined;
  metrics.gauge({
    name: 'guichet_limits_shared',
    help: '1 while rate limits are shared by all gateways, 0 while each counts for itself',
    collect() {
      this.set(usable ? 1 : 0);
    },
  });

  /** Its words alone: the error of a refused password has the password in it. */
  function lose({ message: reason }: Error): void {
    usable = false;
    if (lost || closing) return;
    lost = true;
    logger.warn({ reason }, 'Valkey cannot be used: until it can, each gateway limits for itself');
  }

  /** One that refuses is asked later; one that does not answer is left for another connection. */
  function failed(error: Error): void {
    lose(error);
    clearTimeout(again);
    if (client.status !== 'ready') return;
    if (error instanceof ReplyError) again = setTimeout(() => void prove(), againMs).unref();
    else client.disconnect(true);
  }

  async function prove(): Promise<void> {
    clearTimeout(again);
    // One that is connecting says by itself when it is ready.
    if (client.status !== 'ready') return;
    try {
      await client.set(probeKey, '1', 'EX', 10);
      usable = true;
      lost = false;
      logger.info('Rate limits are shared through Valkey');
    } catch (error) {
      failed(error as Error);
    }
  }

  client.on('ready', () => void prove());
  client.on('error', lose);
  client.on('close', () => lose(new Error('the connection was closed')));

  return {
    client,
    get usable() {
      return usable;
    },
    /** It was asked, and failed: nobody else asks until it has shown that it works. */
    failed,
    close(): void {
      closing = true;
      clearTimeout(again);
      client.disconnect();
    },
  };
}
