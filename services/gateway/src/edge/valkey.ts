import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { Redis } from 'ioredis';

export type Valkey = ReturnType<typeof connectValkey>;

/** Valkey answers within a millisecond. So long waits, once per outage, who happens to ask first. */
const answerMs = 250;
/** A connection that says nothing for so long is half-open, and another one is made. */
const silenceMs = 5_000;
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
}: {
  url: string;
  logger: Logger;
  metrics: Metrics;
}) {
  const client = new Redis(url, {
    // What cannot be asked at once is decided without it, and is not asked a second time.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: answerMs,
    socketTimeout: silenceMs,
    connectTimeout: 2_000,
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

  function lose(err: unknown): void {
    usable = false;
    if (lost || closing) return;
    lost = true;
    logger.warn({ err }, 'Valkey cannot be used: until it can, each gateway limits for itself');
  }

  async function prove(): Promise<void> {
    clearTimeout(again);
    try {
      await client.set(probeKey, '1', 'EX', 10);
      usable = true;
      lost = false;
      logger.info('Rate limits are shared through Valkey');
    } catch (err) {
      lose(err);
      proveLater();
    }
  }

  function proveLater(): void {
    clearTimeout(again);
    again = setTimeout(() => {
      // One that is connecting says by itself when it is ready.
      if (client.status === 'ready') void prove();
    }, againMs).unref();
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
    failed(err: unknown): void {
      lose(err);
      proveLater();
    },
    close(): void {
      closing = true;
      clearTimeout(again);
      client.disconnect();
    },
  };
}
