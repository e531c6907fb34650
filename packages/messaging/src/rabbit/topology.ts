import { factsForOthers } from '@guichet/contracts/messages';
import type { Channel } from 'amqplib';
import { isOtherwise, onChannel } from './on-channel.ts';

/*
 * The same on RabbitMQ 3.10 and 4: no plugin, no feature of 4.3. What no queue is bound to is kept
 * in `guichet.unrouted` instead of vanishing: a consumer is missing that should be there.
 */
export const events = 'guichet.events';
const unrouted = 'guichet.unrouted';
const forOthers = 'guichet.for_others';
const dead = 'guichet.dead';

const quorum = { 'x-queue-type': 'quorum' };
/** Where people look: RabbitMQ 4 would drop what has been looked at twenty times. */
const looked = { ...quorum, 'x-delivery-limit': 1_000_000_000 };

export const parkedQueue = (consumer: string) => `${consumer}.parked`;
export const retryQueue = (consumer: string, ms: number) => `${consumer}.retry.${ms}ms`;

export async function assertExchanges(channel: Channel): Promise<void> {
  await channel.assertExchange(unrouted, 'fanout', { durable: true });
  await channel.assertQueue(unrouted, { durable: true, arguments: quorum });
  await channel.bindQueue(unrouted, unrouted, '');
  await channel.assertExchange(dead, 'direct', { durable: true });
  await channel.assertExchange(events, 'topic', {
    durable: true,
    alternateExchange: unrouted,
  });
  await assertForOthers(channel);
}

/**
 * Takes what none of our services needs, and lets it go: an exchange that leads nowhere. A queue
 * costs the broker half as much again (54 µs of CPU a fact instead of 35), and one that filled for
 * ever would one day be its end. Whoever wants them binds a queue of their own to `guichet.events`.
 */
async function assertForOthers(channel: Channel): Promise<void> {
  await channel.assertExchange(forOthers, 'fanout', { durable: true });
  for (const type of factsForOthers) await channel.bindExchange(forOthers, events, type);
}

/** Whether a fact that reaches no queue is one too few, and its publisher told so. */
export const mustReach = (type: string): boolean =>
  !(factsForOthers as readonly string[]).includes(type);

/** Rejects where no service has ever been. */
export async function checkExchanges(channel: Channel): Promise<void> {
  await channel.checkExchange(events);
}

/**
 * Where a consumer's parked messages wait. A queue that is there already, declared otherwise by an
 * earlier version, is used as it is: what is in it matters more than how it counts.
 */
export async function assertParked(
  createChannel: () => Promise<Channel>,
  consumer: string,
  usedAsItIs: (cause: unknown) => void,
): Promise<void> {
  await onChannel(createChannel, (channel) =>
    channel.assertQueue(parkedQueue(consumer), { durable: true, arguments: looked }),
  ).catch((error: unknown) => {
    if (!isOtherwise(error)) throw error;
    usedAsItIs(error);
  });
}

/** A consumer's queue and its retry tiers, whose messages return when their time is up. */
export async function assertConsumer(
  channel: Channel,
  consumer: string,
  types: readonly string[],
  tiersMs: readonly number[],
): Promise<void> {
  await channel.bindQueue(parkedQueue(consumer), dead, consumer);
  await channel.assertQueue(consumer, {
    durable: true,
    arguments: {
      ...quorum,
      // A message that ends its consumer's process each time comes back without being counted by
      // us; after so many times the broker parks it.
      'x-delivery-limit': 20,
      'x-dead-letter-exchange': dead,
      'x-dead-letter-routing-key': consumer,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
      'x-max-length': 1_000_000,
    },
  });
  for (const ms of tiersMs) {
    await channel.assertQueue(retryQueue(consumer, ms), {
      durable: true,
      arguments: {
        ...quorum,
        'x-message-ttl': ms,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': consumer,
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
      },
    });
  }
  for (const type of types) await channel.bindQueue(consumer, events, type);
}

/** A queue of this process's own, gone when it is. */
export async function assertOwnQueue(channel: Channel, types: readonly string[]): Promise<string> {
  const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
  for (const type of types) await channel.bindQueue(queue, events, type);
  return queue;
}
