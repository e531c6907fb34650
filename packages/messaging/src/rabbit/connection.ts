import type { Logger } from '@guichet/telemetry/logger';
import { type Channel, type ChannelModel, connect } from 'amqplib';

/** In seconds: a broker that is gone without a word is noticed after two of them. */
const heartbeat = 10;

export type RabbitConnection = {
  /** Waits while there is no connection. */
  createChannel(): Promise<Channel>;
  /** Rejects while it has been lost or blocked for longer than a restart takes. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

/**
 * A connection that comes back by itself, and is set up anew each time. At the start too it waits
 * for its broker, and says so.
 */
export async function openConnection({
  url,
  logger,
  setup,
  usable,
  unreadyAfterMs,
}: {
  url: string;
  logger: Logger;
  setup(model: ChannelModel): Promise<void>;
  /** Told when it is lost or blocked, and when it may be used again. */
  usable(now: boolean): void;
  unreadyAfterMs: number;
}): Promise<RabbitConnection> {
  let trouble: { readonly state: string; readonly since: number } | undefined;
  const lost = (state: string) => {
    trouble ??= { state, since: Date.now() };
    usable(false);
  };

  const connection = await connect(withHeartbeat(url), {
    recovery: {
      initialDelay: 200,
      maxDelay: 5_000,
      factor: 2,
      jitter: 0.2,
      // Else nobody would hear of a broker that is not there when a service starts.
      waitForConnect: false,
      setup,
    },
    timeout: 5_000,
  });
  connection.on('connect-failed', (err) => logger.warn({ err }, 'RabbitMQ cannot be reached'));
  connection.on('connect', () => {
    trouble = undefined;
  });
  connection.on('disconnect', (err) => {
    lost('disconnected');
    logger.warn({ err }, 'RabbitMQ is disconnected');
  });
  connection.on('blocked', (reason) => {
    lost('blocked');
    logger.warn({ reason }, 'RabbitMQ takes no messages for now');
  });
  connection.on('unblocked', () => {
    trouble = undefined;
    usable(true);
  });
  connection.on('error', (err) => logger.warn({ err }, 'a connection to RabbitMQ broke'));
  await connection.waitForConnect();

  return {
    createChannel: () => connection.createChannel(),
    async ready() {
      if (trouble && Date.now() - trouble.since >= unreadyAfterMs) {
        throw new Error(`RabbitMQ is ${trouble.state}`);
      }
    },
    close: () => connection.close(),
  };
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) {
    parsed.searchParams.set('heartbeat', String(heartbeat));
  }
  return parsed.href;
}
