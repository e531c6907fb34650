import type { Logger } from '@guichet/telemetry/logger';
import type { Channel, ChannelModel } from 'amqplib';
import type { Bus, Subscription } from '../bus.ts';
import { createInFlight } from '../in-flight.ts';
import type { BusMetrics } from '../metrics.ts';
import { openConnection } from './connection.ts';
import { createConsumer } from './consumer.ts';
import { createParked } from './parked.ts';
import { createPublisher } from './publisher.ts';
import { assertConsumer, assertExchanges, assertOwnQueue, events } from './topology.ts';

type Listening = { readonly subscription: Subscription; channel?: Channel; tag?: string };

/**
 * The bus on RabbitMQ 3.10 or later. After a lost connection everything is set up anew: topology,
 * the publisher's channel, every subscription. A channel or a subscription that the broker ends
 * takes its connection with it, so that there is this one way back and no consumer is left deaf.
 */
export async function createRabbitBus({
  url,
  logger,
  metrics,
  tiersMs,
  unreadyAfterMs,
}: {
  url: string;
  logger: Logger;
  metrics: BusMetrics;
  tiersMs: readonly number[];
  unreadyAfterMs: number;
}): Promise<Bus> {
  const publisher = createPublisher();
  const inFlight = createInFlight();
  const listening: Listening[] = [];
  const closing = new AbortController();
  let current: ChannelModel | undefined;

  function renew(model: ChannelModel | undefined): void {
    if (closing.signal.aborted) return;
    // It may be closing already, which is what is wanted.
    model?.close().catch(() => {});
  }

  async function listen(entry: Listening, create: () => Promise<Channel>) {
    const { subscription } = entry;
    const channel = await create();
    const model = current;
    const gone = new AbortController();
    channel.on('error', (err) => logger.warn({ err }, 'a consumer’s channel ended'));
    channel.once('close', () => {
      gone.abort();
      renew(model);
    });
    await channel.prefetch(subscription.prefetch ?? 16);
    let queue = subscription.consumer;
    if (subscription.everyProcess) queue = await assertOwnQueue(channel, subscription.types);
    else await assertConsumer(channel, queue, subscription.types, tiersMs);

    const consumer = createConsumer({
      subscription,
      channel,
      tiersMs,
      publisher,
      inFlight,
      useless: AbortSignal.any([gone.signal, closing.signal]),
      ended: () => renew(model),
      attempts: metrics.of(subscription.consumer),
      logger,
    });
    const { consumerTag } = await channel.consume(queue, consumer);
    entry.channel = channel;
    entry.tag = consumerTag;
  }

  async function setup(model: ChannelModel): Promise<void> {
    current = model;
    const channel = await model.createConfirmChannel();
    channel.once('close', () => {
      publisher.hold();
      renew(model);
    });
    await assertExchanges(channel);
    for (const entry of listening) await listen(entry, () => model.createChannel());
    publisher.use(channel);
  }

  const connection = await openConnection({
    url,
    logger,
    setup,
    usable: (now) => (now ? publisher.release() : publisher.hold()),
    unreadyAfterMs,
  });

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
      await listen(entry, connection.createChannel);
      // Only now: a reconnect in between would have set it up a second time.
      listening.push(entry);
    },
    parked: (consumer) => createParked({ connection, publisher, consumer, logger }),
    ready: connection.ready,
    async close() {
      closing.abort();
      await Promise.allSettled(
        listening.map(({ channel, tag }) => (tag ? channel?.cancel(tag) : undefined)),
      );
      await inFlight.settled();
      await connection.close().catch(() => {});
    },
  };
}
