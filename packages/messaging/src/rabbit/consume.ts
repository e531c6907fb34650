import type { Channel, ChannelModel } from 'amqplib';
import type { Subscription } from '../bus.ts';
import { type ConsumerOptions, createConsumer } from './consumer.ts';
import type { Consume, Ending } from './listener.ts';
import { assertConsumer, assertOwnQueue, assertParked } from './topology.ts';

/** How a subscription is set up on a channel: its queues first, then the consuming. */
export const consumeWith =
  (options: ConsumerOptions) =>
  (subscription: Subscription): Consume =>
  async (channel: Channel, model: ChannelModel, ending: Ending): Promise<string> => {
    const { consumer, types, everyProcess, prefetch = 16 } = subscription;
    await channel.prefetch(prefetch);
    const queue = everyProcess ? await assertOwnQueue(channel, types) : consumer;
    if (!everyProcess) {
      await assertParked(
        () => model.createChannel(),
        consumer,
        (err) => options.logger.warn({ err, consumer }, 'a parked queue of old is used as it is'),
      );
      await assertConsumer(channel, consumer, types, options.tiersMs);
    }
    const take = createConsumer({ ...options, subscription, channel, ending });
    const { consumerTag } = await channel.consume(queue, take);
    return consumerTag;
  };
