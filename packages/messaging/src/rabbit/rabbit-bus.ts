import { type Channel, type ChannelModel, connect } from 'amqplib';
import type { Bus, Subscription } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import { createInFlight } from '../in-flight.ts';
import type { Message } from '../message.ts';
import { auditParked } from '../parked-audit.ts';
import { createConsumer } from './consumer.ts';
import { createParked } from './parked.ts';
import { createPublisher } from './publisher.ts';
import {
  assertConsumer,
  assertExchanges,
  assertOwnQueue,
  assertParked,
  checkExchanges,
  events,
} from './topology.ts';

/** In seconds: a broker that is gone without a word is noticed after two of them. */
const heartbeat = 10;

type Listening = { readonly subscription: Subscription; channel?: Channel; tag?: string };

/**
 * The bus on RabbitMQ 3.10 or later. After a lost connection everything is set up anew: topology,
 * the publisher's channel, every subscription.
 */
export async function createRabbitBus({
  url,
  logger,
  metrics,
  tiersMs,
  asOperator,
}: BusOptions): Promise<Bus> {
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
    else {
      await assertParked(
        () => model.createChannel(),
        queue,
        (err) => logger.warn({ err, consumer: queue }, 'a parked queue of old is used as it is'),
      );
      await assertConsumer(channel, queue, subscription.types, tiersMs);
    }

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
    channel.on('error', (err) => logger.warn({ err }, 'the publisher’s channel ended'));
    await (asOperator ? checkExchanges(channel) : assertExchanges(channel));
    for (const entry of listening) await listen(model, entry);
    publisher.use(channel);
    state = 'connected';
  }

  const connection = await connect(withHeartbeat(url), {
    recovery: {
      initialDelay: 200,
      maxDelay: 5_000,
      factor: 2,
      jitter: 0.2,
      setup,
      ...(asOperator ? { initialMaxRetries: 0 } : {}),
    },
    timeout: 5_000,
  });
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

  const publish = (message: Message) =>
    publisher.publish({
      exchange: events,
      routingKey: message.type,
      content: Buffer.from(JSON.stringify(message)),
      messageId: message.id,
    });
  const parked = (consumer: string) =>
    createParked({
      createChannel: () => connection.createChannel(),
      publisher,
      audit: auditParked(publish, consumer),
      consumer,
      logger,
    });

  return {
    publish,
    async subscribe(subscription) {
      const entry: Listening = { subscription };
      await listen(connection, entry);
      // Only now: a reconnect in between would have set it up a second time.
      listening.push(entry);
      if (!subscription.everyProcess) {
        const { count } = parked(subscription.consumer);
        metrics.watchParked(subscription.consumer, count);
      }
    },
    parked,
    async ready() {
      if (state !== 'connected') throw new Error(`RabbitMQ is ${state}`);
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
