import { createVhost, rabbitApi } from '@guichet/testing/vhost';
import { connect } from 'amqplib';
import { expect, test, vi } from 'vitest';
import { connected, listen, patience, revoked } from '../bus-bench-test.ts';
import { busContract } from '../bus-contract-test.ts';
import { createMessage, written } from '../message.ts';
import { neverDone } from '../parked-message.ts';
import { channelTo, vhostOfOwn } from './broker-bench-test.ts';

busContract(createVhost);

test('a fact that no queue wants is kept where an operator finds it', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  await bus.publish(revoked(1));

  await vi.waitFor(async () => {
    const queue = await rabbitApi('GET', `/queues/${vhost.name}/guichet.unrouted`);
    expect(queue).toMatchObject({ messages: 1 });
  }, patience);
});

const hired = (id: string) =>
  createMessage({
    source: 'test',
    type: 'employee.created',
    subject: id,
    sequence: 1,
    data: { employeeId: id, organiserId: 'lanterne', email: `${id}@example.org`, role: 'staff' },
  });

test('a fact that none of our services needs is let go, unless somebody binds a queue to it', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  await bus.publish(hired('anna'));

  const channel = await channelTo(vhost.url);
  expect(await channel.checkQueue('guichet.unrouted')).toMatchObject({ messageCount: 0 });

  await channel.assertQueue('their.own');
  await channel.bindQueue('their.own', 'guichet.events', 'employee.created');
  await bus.publish(hired('anna'));
  expect(await channel.checkQueue('their.own')).toMatchObject({ messageCount: 1 });
});

test('facts that none of our services needs come in lists, by type, to whoever wants them', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.beside');
  const channel = await channelTo(vhost.url);
  await channel.assertQueue('their.own');
  await channel.bindQueue('their.own', 'guichet.events', 'employee.created');
  const facts = Array.from({ length: 70 }, (_, nth) => hired(`employee-${nth}`));
  const needed = revoked(1);

  const sent = [...facts.slice(0, 3), needed, ...facts.slice(3)];
  expect(await bus.publishAll(sent.map(written))).toEqual(sent.map(() => undefined));
  await bus.publish(hired('alone'));

  const lists = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const { content, properties } = Object(await channel.get('their.own', { noAck: true }));
    expect(properties).toMatchObject({
      contentType: 'application/cloudevents-batch+json',
      deliveryMode: 2,
    });
    lists.push(JSON.parse(String(content)));
  }
  expect(lists.slice(0, 2).flat()).toEqual(facts);
  expect(lists[2]).toMatchObject([{ subject: 'alone' }]);
  expect(await channel.get('their.own')).toBe(false);
  await vi.waitFor(() => expect(seen).toEqual([needed]), patience);
});

test('of many at once, the one that no queue takes is told from the others', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.some');
  // Nothing keeps what nobody takes any more.
  await (await channelTo(vhost.url)).deleteQueue('guichet.unrouted');

  const untaken = { ...revoked(2), type: 'organiser.changed' };
  expect(await bus.publishAll([revoked(1), untaken, revoked(3)].map(written))).toEqual([
    undefined,
    new Error('no queue takes organiser.changed'),
    undefined,
  ]);
  await vi.waitFor(() => expect(seen).toMatchObject([{ sequence: 1 }, { sequence: 3 }]), patience);
});

test('bytes that are no message are parked as they are', async () => {
  const vhost = await vhostOfOwn();
  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.bytes');
  const channel = await channelTo(vhost.url);
  channel.publish('guichet.events', 'subject.revoked', Buffer.from('{"not":'), { messageId: 'x' });
  channel.publish('guichet.events', 'subject.revoked', Buffer.from('nameless'));
  await channel.waitForConfirms();

  const parked = bus.parked('test.bytes');
  await vi.waitFor(async () => expect(await parked.count()).toBe(2), patience);
  const [named, nameless] = await parked.list();
  expect(named).toMatchObject({ id: 'x', message: { type: 'unreadable', data: '{"not":' } });
  expect(nameless).toMatchObject({ message: { data: 'nameless' } });
  expect(seen).toEqual([]);
  expect(await parked.discard('x', { by: 'anna', reason: 'a test' })).toBe(true);
  expect(await parked.list()).toEqual([nameless]);
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
        { attempts: 0, error: neverDone, parkedAt: expect.stringMatching(/^20\d\d-.*Z$/) },
      ]),
    patience,
  );
});

test('what is kept may be looked at as often as one likes, on every version of RabbitMQ', async () => {
  const vhost = await vhostOfOwn();
  await listen(await connected(vhost.url), 'test.limits');

  // RabbitMQ 4 drops after twenty deliveries from a quorum queue that says nothing else.
  expect(await rabbitApi('GET', `/queues/${vhost.name}/test.limits.parked`)).toMatchObject({
    arguments: { 'x-delivery-limit': 1_000_000_000 },
  });
});

test('a parked queue that was declared otherwise is used as it is', async () => {
  const vhost = await vhostOfOwn();
  const channel = await channelTo(vhost.url);
  await channel.assertQueue('test.old.parked', { arguments: { 'x-queue-type': 'quorum' } });
  channel.sendToQueue('test.old.parked', Buffer.from(JSON.stringify(revoked(1))));
  await channel.waitForConfirms();

  const bus = await connected(vhost.url);
  const seen = await listen(bus, 'test.old');
  expect(await bus.parked('test.old').replay('all', { by: 'anna' })).toBe(1);
  await vi.waitFor(() => expect(seen).toMatchObject([{ sequence: 1 }]), patience);
});
