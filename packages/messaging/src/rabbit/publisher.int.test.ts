import { expect, test } from 'vitest';
import { channelTo, vhostOfOwn } from './broker-bench-test.ts';
import { createPublisher } from './publisher.ts';

const envelope = (messageId: string) => ({
  exchange: '',
  routingKey: 'test.late',
  content: Buffer.from(messageId),
  messageId,
});

test('what has waited too long for a connection fails, and is not sent when one comes', async () => {
  const publisher = createPublisher({ deadlineMs: 50 });
  const late = new Error('RabbitMQ did not confirm within 50 ms');
  expect(await publisher.publishAll([envelope('a'), envelope('b')])).toEqual([late, late]);

  const channel = await channelTo((await vhostOfOwn()).url);
  await channel.assertQueue('test.late');
  publisher.use(channel);
  await publisher.publish(envelope('after'));

  expect(String(Object(await channel.get('test.late')).content)).toBe('after');
});

test('what is under way when the channel ends fails at once', async () => {
  const publisher = createPublisher();
  const channel = await channelTo((await vhostOfOwn()).url);
  publisher.use(channel);

  const published = publisher.publishAll([
    { ...envelope('a'), exchange: 'is-not-there' },
    { ...envelope('b'), exchange: 'is-not-there' },
  ]);
  expect(await published).toEqual([new Error('channel closed'), new Error('channel closed')]);
  // And whoever publishes on it before it is known to be lost.
  await expect(publisher.publish(envelope('c'))).rejects.toThrow('Channel closed');
});
