import { createVhost, rabbitApi, type TestVhost } from '@guichet/testing/vhost';
import { type ConfirmChannel, connect } from 'amqplib';
import { expect, onTestFinished, vi } from 'vitest';
import { patience } from '../bus-bench-test.ts';

/** A virtual host of the test's own. */
export async function vhostOfOwn(): Promise<TestVhost> {
  const vhost = await createVhost();
  onTestFinished(() => vhost.drop());
  return vhost;
}

/** A channel past the bus, for what only a broker, or somebody else's program, does. */
export async function channelTo(url: string): Promise<ConfirmChannel> {
  const connection = await connect(url);
  onTestFinished(() => connection.close());
  const channel = await connection.createConfirmChannel();
  channel.on('error', () => {});
  return channel;
}

/** The management API learns of connections a few seconds late. */
export async function breakConnections(vhost: string): Promise<void> {
  const list = () =>
    rabbitApi('GET', `/vhosts/${vhost}/connections`) as Promise<{ name: string }[]>;
  await vi.waitFor(async () => expect(await list()).not.toHaveLength(0), patience);
  for (const { name } of await list()) {
    await rabbitApi('DELETE', `/connections/${encodeURIComponent(name)}`);
  }
}

/** Puts another queue in the place of one: its consumers end, and cannot be set up any more. */
export async function declareOtherwise(url: string, queue: string): Promise<void> {
  // A consumer may be quicker, and have its own queue back in between.
  await vi.waitFor(async () => {
    const channel = await channelTo(url);
    await Promise.all([
      channel.deleteQueue(queue),
      channel.assertQueue(queue, { arguments: { 'x-queue-type': 'classic' } }),
    ]);
  }, patience);
}
