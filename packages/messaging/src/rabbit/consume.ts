import type { Channel, ChannelModel } from 'amqplib';
import type { Subscription } from '../bus.ts';
import type { BusOptions } from '../bus-options.ts';
import type { createInFlight } from '../in-flight.ts';
import { createConsumer } from './consumer.ts';
import type { Consume, Ending } from './listener.ts';
import type { Publisher } from './publisher.ts';
import { assertConsumer, assertOwnQueue, assertParked } from './topology.ts';

/** How a subscription is set up on a channel: its queues first, then the consuming. */
export const consumeWith =
  ({
    publisher,
    inFlight,
    closing,
    tiersMs,
    metrics,
    logger,
  }: BusOptions & {
    publisher: Publisher;
    inFlight: ReturnType<typeof createInFlight>;
    closing: AbortSignal;
  }) =>
  (subscription: Subscription): Consume =>
  async (channel: Channel, model: ChannelModel, ending: Ending): Promise<string> => {
    const { consumer, types, everyProcess, prefetch = 16 } = subscription;
    await channel.prefetch(prefetch);
    const queue = everyProcess ? await assertOwnQueue(channel, types) : consumer;
    if (!everyProcess) {
      await assertParked(
        () => model.createChannel(),
        consumer,
        (err) => logger.warn({ err, consumer }, 'a parked queue of old is used as it is'),
      );
      await assertConsumer(channel, consumer, types, tiersMs);
    }
    const take = createConsumer({
      subscription,
      channel,
      ending,
      closing,
      tiersMs,
      publisher,
      inFlight,
      attempts: metrics.of(consumer),
      logger,
    });
    const { consumerTag } = await channel.consume(queue, take);
    return consumerTag;
  };
