import { setTimeout } from 'node:timers/promises';
import { createLogger } from '@guichet/telemetry/logger';
import { rabbitApi } from '@guichet/testing/vhost';
import { connect } from 'amqplib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connected, listen, patience, revoked } from '../bus-bench-test.ts';
import type { Message } from '../message.ts';
import { breakConnections, channelTo, declareOtherwise, vhostOfOwn } from './broker-bench-test.ts';
import { createListener } from './listener.ts';

const sequences = (seen: readonly Message[]) =>
  [...new Set(seen.map(({ sequence }) => sequence))].sort();

/** A logger that keeps what it is warned of. */
function warned() {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const warn = vi.spyOn(logger, 'warn');
  const lines = () =>
    warn.mock.calls.map(([facts, text]) => ({ ...(facts as object), text: String(text) }));
  return { logger, lines };
}

test('a broken connection loses nothing, and each consumer is heard once on the next', async () => {
  const vhost = await vhostOfOwn();
  const { logger, lines } = warned();
  const bus = await connected(vhost.url, { logger });
  const seen = await listen(bus, 'test.survivor');

  await bus.publish(revoked(1));
  await breakConnections(vhost.name);
  await vi.waitFor(() => bus.publish(revoked(2)), patience);
  await vi.waitFor(() => expect(sequences(seen)).toEqual([1, 2]), patience);
  await vi.waitFor(() => bus.ready(), patience);

  const channel = await channelTo(vhost.url);
  const counts = new Set<number>();
  for (let look = 0; look < 20; look += 1) {
    counts.add((await channel.checkQueue('test.survivor')).consumerCount);
    await setTimeout(50);
  }
  expect([...counts]).toEqual([1]);
  // It went with its connection and came with the next: nobody had to bring it back.
  expect(lines().filter(({ text }) => text.startsWith('a consumer'))).toEqual([]);
});

test('whoever subscribes while a connection is being set up is heard on it', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const heard = new Set<number>();
  const subscribe = (number: number): Promise<void> =>
    bus
      .subscribe({
        consumer: `test.late-${number}`,
        types: ['subject.revoked'],
        handle: async () => void heard.add(number),
      })
      // On the connection that has just ended it is an error; whoever asks again is heard.
      .catch(() => setTimeout(10).then(() => subscribe(number)));

  await breakConnections(vhost.name);
  const subscribing: Promise<void>[] = [];
  for (let number = 0; number < 60; number += 1) {
    subscribing.push(subscribe(number));
    await setTimeout(10);
  }
  await Promise.all(subscribing);

  await vi.waitFor(() => bus.ready(), patience);
  await bus.publish(revoked(1));
  await vi.waitFor(() => expect(heard.size).toBe(60), patience);
});

test('a channel that the broker ends is set up again, and what it held is delivered again', async () => {
  const vhost = await vhostOfOwn();
  const connection = await connect(vhost.url);
  onTestFinished(() => connection.close());
  const sender = await channelTo(vhost.url);
  await sender.assertQueue('held', { arguments: { 'x-queue-type': 'quorum' } });
  const { logger, lines } = warned();
  const tried: boolean[] = [];
  const listener = createListener({
    consumer: 'test.held',
    logger,
    async consume(channel) {
      const { consumerTag } = await channel.consume('held', (delivery) => {
        tried.push(delivery?.fields.redelivered ?? false);
        // To ask for what is not there ends the channel, as a late acknowledgement does.
        if (tried.length === 1) channel.checkQueue('nothing').catch(() => {});
        else if (delivery) channel.ack(delivery);
      });
      return consumerTag;
    },
  });
  await listener.start(connection);
  onTestFinished(() => listener.stop());
  sender.sendToQueue('held', Buffer.from('x'));

  await vi.waitFor(() => expect(tried).toEqual([false, true]), patience);
  await vi.waitFor(() => expect(listener.isHeard()).toBe(true), patience);
  expect(lines()).toEqual([
    expect.objectContaining({
      consumer: 'test.held',
      err: expect.objectContaining({ message: expect.stringContaining('NOT_FOUND') }),
      text: 'a consumer’s channel has ended; it is set up again',
    }),
  ]);
});

test('a queue that is deleted under its consumer is made anew, and consumed', async () => {
  const vhost = await vhostOfOwn();
  const { logger, lines } = warned();
  const bus = await connected(vhost.url, { logger });
  const seen = await listen(bus, 'test.deleted');
  await rabbitApi('DELETE', `/queues/${vhost.name}/test.deleted`);

  // What is published before it is back is told of as unrouted, so it is published until it is.
  await vi.waitFor(async () => {
    await bus.publish(revoked(1));
    expect(seen).not.toEqual([]);
  }, patience);
  expect(lines()).toContainEqual(
    expect.objectContaining({
      consumer: 'test.deleted',
      err: expect.objectContaining({ message: 'the broker ended the subscription' }),
    }),
  );
});

test('a consumer that cannot be set up is said to be unheard, and tried later and later until it can', async () => {
  const vhost = await vhostOfOwn();
  const { logger, lines } = warned();
  const bus = await connected(vhost.url, { logger });
  const others = await listen(bus, 'test.others');
  const seen = await listen(bus, 'test.otherwise');
  await bus.ready();

  await declareOtherwise(vhost.url, 'test.otherwise');
  const unheard = 'the consumer test.otherwise is not heard';
  await vi.waitFor(() => expect(bus.ready()).rejects.toThrow(unheard), patience);
  const failures = () =>
    lines().filter(({ text }) => text === 'a consumer cannot be heard; it is tried again');
  await vi.waitFor(() => expect(failures().length).toBeGreaterThan(2), patience);
  const pauses = failures().map((line) => (line as { retryMs?: number }).retryMs ?? 0);
  const [first = 0] = pauses;
  expect(pauses).toEqual(pauses.map((_, nth) => Math.min(first * 2 ** nth, 5_000)));
  await expect(bus.ready()).rejects.toThrow(unheard);

  await bus.publish(revoked(1));
  await vi.waitFor(() => expect(sequences(others)).toEqual([1]), patience);
  expect(seen).toEqual([]);

  await (await channelTo(vhost.url)).deleteQueue('test.otherwise');
  await vi.waitFor(() => bus.ready(), patience);
  await bus.publish(revoked(2));
  await vi.waitFor(() => expect(sequences(seen)).toEqual([2]), patience);
});

test('a consumer that cannot be set up at the start is an error at once', async () => {
  const vhost = await vhostOfOwn();
  const channel = await channelTo(vhost.url);
  await channel.assertQueue('test.never', { arguments: { 'x-queue-type': 'classic' } });
  const bus = await connected(vhost.url);

  await expect(listen(bus, 'test.never')).rejects.toThrow('PRECONDITION_FAILED');
  await bus.ready();
});

test('publishing goes on after the broker has ended its channel, and everybody hears of it', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.channel');
  await (await channelTo(vhost.url)).deleteExchange('guichet.events');

  // To an exchange that there is not: the broker ends the channel.
  await expect(bus.publish(revoked(1))).rejects.toThrow();
  await vi.waitFor(() => bus.publish(revoked(2)), patience);
  await vi.waitFor(() => expect(sequences(seen)).toEqual([2]), patience);
  await vi.waitFor(() => bus.ready(), patience);
});

test('a failed message that has nowhere to go is held until it has', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.nowhere', (_, nth) => {
    if (nth === 1) throw new Error('not yet');
  });
  const channel = await channelTo(vhost.url);
  await channel.deleteQueue('test.nowhere.retry.50ms');
  await bus.publish(revoked(1));
  await vi.waitFor(() => expect(seen).toHaveLength(1), patience);

  // Another replica starts, and makes the missing queue.
  const others = await listen(await connected(vhost.url), 'test.nowhere');
  await vi.waitFor(() => expect([...seen, ...others].length).toBeGreaterThan(1), patience);
  await vi.waitFor(
    async () => expect((await channel.checkQueue('test.nowhere')).messageCount).toBe(0),
    patience,
  );
});
