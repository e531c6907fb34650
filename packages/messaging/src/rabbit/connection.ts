import type { Logger } from '@guichet/telemetry/logger';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { tellAttempts } from './tell-attempts.ts';

/** In seconds: a broker that is gone without a word is noticed after two of them. */
const heartbeat = 10;

export type RabbitConnection = {
  /** Waits while there is no connection. */
  createChannel(): Promise<Channel>;
  /** The connection that there is. */
  current(): ChannelModel | undefined;
  /** Throws while nothing can be published. */
  assertUsable(): void;
  close(): Promise<void>;
};

/**
 * A connection that comes back by itself and is set up anew each time. It is there when the first
 * attempt to connect is over: a broker that is down at the start is one that was lost. `setup` must end with an
 * answer of the broker: amqplib hears of a connection that ends only when `setup` is done.
 */
export async function openConnection({
  url,
  logger,
  waits,
  setup,
  live: onLive,
  lost,
}: {
  url: string;
  logger: Logger;
  /** Whether a broker that is not there may come later; else that is an error. */
  waits: boolean;
  /** `renew` ends this connection, so that the next is set up; does nothing where it has ended. */
  setup(model: ChannelModel, renew: () => void): Promise<void>;
  /** The connection is set up, and is `current` from here on. */
  live(model: ChannelModel): void;
  lost(): void;
}): Promise<RabbitConnection> {
  let state: 'connected' | 'blocked' | 'disconnected' = 'disconnected';
  let live: ChannelModel | undefined;
  let closing = false;

  const connection = await connect(withHeartbeat(url), {
    recovery: {
      initialDelay: 200,
      maxDelay: 5_000,
      factor: 2,
      jitter: 0.2,
      ...(waits ? { waitForConnect: false } : { initialMaxRetries: 0 }),
      async setup(model: ChannelModel) {
        await setup(model, () => {
          if (model === live && !closing) model.close().catch(() => {});
        });
        state = 'connected';
        live = model;
        onLive(model);
      },
    },
    timeout: 5_000,
  });
  const attempts = tellAttempts(connection, { url, logger });
  connection.on('disconnect', (err) => {
    state = 'disconnected';
    live = undefined;
    lost();
    if (!closing) logger.warn({ err }, 'RabbitMQ is disconnected');
  });
  connection.on('blocked', (reason) => {
    state = 'blocked';
    logger.warn({ reason }, 'RabbitMQ takes no messages for now');
  });
  connection.on('unblocked', () => {
    state = 'connected';
  });
  connection.on('error', (err) => logger.warn({ err }, 'a connection to RabbitMQ broke'));

  if (waits) await attempts.first;

  return {
    createChannel: () => connection.createChannel(),
    current: () => live,
    assertUsable() {
      if (state !== 'connected') throw attempts.failure() ?? new Error(`RabbitMQ is ${state}`);
    },
    async close() {
      closing = true;
      await connection.close().catch(() => {});
    },
  };
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) {
    parsed.searchParams.set('heartbeat', String(heartbeat));
  }
  return parsed.href;
}
