import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { Redis, ReplyError } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';

export type Valkey = ReturnType<typeof connectValkey>;

/** How soon one that refuses to work is tried again. */
const againMs = 1_000;

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
  probeKey,
  gauge,
  words,
}: {
  url: string;
  logger: Logger;
  metrics: Metrics;
  /** An answer that takes longer is no answer. */
  answerMs: number;
  /** Written to see that writing works; it means nothing. */
  probeKey: string;
  /** 1 while it can be used, 0 while it cannot. */
  gauge: { readonly name: string; readonly help: string };
  /** What the log says when it can be used, and when that ends. */
  words: { readonly usable: string; readonly lost: string };
}) {
  const client = new Redis(url, {
    // What cannot be asked at once is decided without it, and is not asked a second time.
    enableOfflineQueue: false,
    // What comes in the same turn is asked in one write: a write is what asking costs.
    enableAutoPipelining: true,
    // News come by themselves, once a second: they share no write with anything.
    autoPipeliningIgnoredCommands: ['publish'],
    autoResendUnfulfilledCommands: false,
    commandTimeout: answerMs,
    // Whoever waits longer for an answer waits as long for a connection.
    connectTimeout: Math.max(2_000, answerMs),
    retryStrategy: (attempt) => Math.min(2_000, 100 * 2 ** attempt) * (0.5 + Math.random() / 2),
    // After a failover the old primary refuses to write, and its name leads to the new one.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  });
  // Its limiters' script, before the first pipeline is made: one that was made without it lacks it, and
  // whoever asks that for it ends the process (redis/ioredis#1931).
  new RateLimiterRedis({ storeClient: client, points: 1, duration: 1 });
  let usable = false;
  let lost = false;
  let closing = false;
  let again: NodeJS.Timeout | undefined;
  metrics.gauge({
    ...gauge,
    collect() {
      this.set(usable ? 1 : 0);
    },
  });

  /** Its words alone: the error of a refused password has the password in it. */
  function lose({ message: reason }: Error): void {
    usable = false;
    if (lost || closing) return;
    lost = true;
    logger.warn({ reason }, words.lost);
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
      logger.info(words.usable);
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
