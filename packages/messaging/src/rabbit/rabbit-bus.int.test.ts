import { createVhost, rabbitApi, type TestVhost } from '@guichet/testing/vhost';
import { connect } from 'amqplib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { busContract } from '../bus.contract.ts';
import { connected, listen, patience, revoked } from '../bus-bench.ts';

busContract(createVhost);

async function vhostOfOwn(): Promise<TestVhost> {
  const vhost = await createVhost();
  onTestFinished(() => vhost.drop());
  return vhost;
}

test('a fact that no queue wants is kept where an operator finds it', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  await bus.publish(revoked(1));

  await vi.waitFor(async () => {
    const queue = await rabbitApi('GET', `/queues/${vhost.name}/guichet.unrouted`);
    expect(queue).toMatchObject({ messages: 1 });
  }, patience);
});

test('a queue that is deleted under its consumer is made anew, and consumed', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.deleted');
  await rabbitApi('DELETE', `/queues/${vhost.name}/test.deleted`);

  await vi.waitFor(async () => {
    await bus.publish(revoked(1));
    await vi.waitFor(() => expect(seen).not.toEqual([]), { timeout: 1_000 });
  }, patience);
});

test('publishing goes on after the broker has closed its channel', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.channel');
  await rabbitApi('DELETE', `/exchanges/${vhost.name}/guichet.events`);

  // To an exchange that there is not: the broker closes the channel.
  await expect(bus.publish(revoked(1))).rejects.toThrow();
  await vi.waitFor(() => bus.publish(revoked(2)), patience);
  await vi.waitFor(() => expect(seen.map(({ sequence }) => sequence)).toEqual([2]), patience);
});

test('a failed message that has nowhere to go is held until it has', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.held', (_, nth) => {
    if (nth === 1) throw new Error('not yet');
  });
  await rabbitApi('DELETE', `/queues/${vhost.name}/test.held.retry.50ms`);
  await bus.publish(revoked(1));
  await vi.waitFor(() => expect(seen).toHaveLength(1), patience);

  // Another replica starts, and makes the missing queue.
  const others = await listen(await connected(vhost.url), 'test.held');
  await vi.waitFor(() => expect([...seen, ...others].length).toBeGreaterThan(1), patience);
  await vi.waitFor(
    async () =>
      expect(await rabbitApi('GET', `/queues/${vhost.name}/test.held`)).toMatchObject({
        messages: 0,
      }),
    patience,
  );
});

test('bytes that are no message are parked as they are', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.bytes');
  const connection = await connect(vhost.url);
  const channel = await connection.createConfirmChannel();
  channel.publish('guichet.events', 'subject.revoked', Buffer.from('{"not":'), { messageId: 'x' });
  await channel.waitForConfirms();
  await connection.close();

  const parked = bus.parked('test.bytes');
  await vi.waitFor(
    async () =>
      expect(await parked.list()).toMatchObject([{ id: 'x', message: { data: '{"not":' } }]),
    patience,
  );
  expect(seen).toEqual([]);
  expect(await parked.discard('x', 'a test')).toBe(true);
});

test('a message whose consumer dies each time is parked by the broker', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const dying = await connected(vhost.url);
  await listen(dying, 'test.deadly');
  await dying.close();
  await bus.publish(revoked(1));

  const connection = await connect(vhost.url);
  for (let death = 0; death <= 20; death += 1) {
    const channel = await connection.createChannel();
    const taken = Promise.withResolvers<void>();
    await channel.consume('test.deadly', () => taken.resolve());
    await taken.promise;
    await channel.close();
  }
  await connection.close();

  await vi.waitFor(
    async () =>
      expect(await bus.parked('test.deadly').list()).toMatchObject([
        { attempts: 0, error: 'its consumer’s process ended each time' },
      ]),
    patience,
  );
});

test('looking at what is kept, however often, does not wear it out', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  await listen(bus, 'test.limits');

  for (const queue of ['test.limits.parked', 'guichet.unrouted']) {
    // RabbitMQ 4 drops after twenty deliveries from a quorum queue that says nothing else.
    expect(await rabbitApi('GET', `/queues/${vhost.name}/${queue}`)).toMatchObject({
      arguments: { 'x-delivery-limit': 1_000_000_000 },
    });
  }
});
