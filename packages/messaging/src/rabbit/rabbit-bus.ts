import type { Logger } from '@guichet/telemetry/logger';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import type { Bus, Subscription } from '../bus.ts';
import { createInFlight } from '../in-flight.ts';
import type { BusMetrics } from '../metrics.ts';
import { createConsumer } from './consumer.ts';
import { createParked } from './parked.ts';
import { createPublisher } from './publisher.ts';
import { tellAttempts } from './tell-attempts.ts';
import { assertConsumer, assertExchanges, assertOwnQueue, events } from './topology.ts';

/** In seconds: a broker that is gone without a word is noticed after two of them. */
const heartbeat = 10;

const recovery = { initialDelay: 200, maxDelay: 5_000, factor: 2, jitter: 0.2 };

type Listening = { readonly subscription: Subscription; channel?: Channel; tag?: string };

/**
 * The bus on RabbitMQ 3.10 or later. After a lost connection everything is set up anew: topology,
 * the publisher's channel, every subscription. It is there when the first attempt to connect is
 * over: a broker that is down at the start is one that was lost, and `ready` says so.
 */
export async function createRabbitBus({
  url,
  logger,
  metrics,
  tiersMs,
}: {
  url: string;
  logger: Logger;
  metrics: BusMetrics;
  tiersMs: readonly number[];
}): Promise<Bus> {
  const publisher = createPublisher();
  const inFlight = createInFlight();
  const listening: Listening[] = [];
  let state: 'connected' | 'blocked' | 'disconnected' = 'disconnected';
  let closing = false;

  async function listen(model: Pick<ChannelModel, 'createChannel'>, entry: Listening) {
    const { subscription } = entry;
    const channel = await model.createChannel();
    channel.on('error', (err) => logger.warn({ err }, 'a consumer’s channel ended'));
    await channel.prefetch(subscription.prefetch ?? 16);
    let queue = subscription.consumer;
    if (subscription.everyProcess) queue = await assertOwnQueue(channel, subscription.types);
    else await assertConsumer(channel, queue, subscription.types, tiersMs);

    const consumer = createConsumer({
      subscription,
      tiersMs: subscription.everyProcess ? [] : tiersMs,
      publisher,
      inFlight,
      attempts: metrics.of(subscription.consumer),
      logger,
    });
    const { consumerTag } = await channel.consume(queue, consumer(channel));
    entry.channel = channel;
    entry.tag = consumerTag;
  }

  async function setup(model: ChannelModel): Promise<void> {
    const channel = await model.createConfirmChannel();
    await assertExchanges(channel);
    for (const entry of listening) await listen(model, entry);
    publisher.use(channel);
    state = 'connected';
  }

  const connection = await connect(withHeartbeat(url), {
    // Places are sold without the broker, so a service starts without it too.
    recovery: { ...recovery, setup, waitForConnect: false },
    timeout: 5_000,
  });
  const attempts = tellAttempts(connection, { url, logger });
  connection.on('disconnect', (err) => {
    state = 'disconnected';
    publisher.lose();
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
  await attempts.first;

  return {
    publish: (message) =>
      publisher.publish({
        exchange: events,
        routingKey: message.type,
        content: Buffer.from(JSON.stringify(message)),
        options: {
          persistent: true,
          mandatory: true,
          messageId: message.id,
          contentType: 'application/cloudevents+json',
        },
      }),
    async subscribe(subscription) {
      const entry: Listening = { subscription };
      // Without a connection, whoever sets up the next one sets this up too. With one, it is only
      // kept afterwards: a reconnect in between would have set it up a second time.
      if (state !== 'disconnected') await listen(connection, entry);
      listening.push(entry);
    },
    parked: (consumer) => createParked({ connection, publisher, consumer, logger }),
    async ready() {
      if (state !== 'connected') throw attempts.failure() ?? new Error(`RabbitMQ is ${state}`);
    },
    async close() {
      closing = true;
      await Promise.allSettled(
        listening.map(({ channel, tag }) => (tag ? channel?.cancel(tag) : undefined)),
      );
      await inFlight.settled();
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
