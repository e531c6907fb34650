import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { createVhost, rabbitApi } from '@guichet/testing/vhost';
import { expect, test, vi } from 'vitest';
import { busContract } from '../bus.contract.ts';
import { connectBus } from '../connect-bus.ts';
import { createMessage } from '../message.ts';

busContract(createVhost);

const patience = { timeout: 30_000, interval: 100 };
const fact = (sequence: number) =>
  createMessage({
    source: 'test',
    type: 'subject.revoked',
    subject: 's',
    sequence,
    data: { subjectId: '0197a6f0-0000-7000-8000-000000000001' },
  });

async function connected(url: string) {
  return connectBus({
    url,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
    retryTiersMs: [50],
  });
}

/** The management API learns of connections a few seconds late. */
async function breakConnections(vhost: string): Promise<void> {
  const list = () =>
    rabbitApi('GET', `/vhosts/${vhost}/connections`) as Promise<{ name: string }[]>;
  await vi.waitFor(async () => expect(await list()).not.toHaveLength(0), patience);
  for (const { name } of await list()) {
    await rabbitApi('DELETE', `/connections/${encodeURIComponent(name)}`);
  }
}

test('a broken connection loses nothing: publishing and consuming go on with the next', async () => {
  const vhost = await createVhost();
  const bus = await connected(vhost.url);
  const seen = new Set<number>();
  await bus.subscribe({
    consumer: 'test.survivor',
    types: ['subject.revoked'],
    handle: async ({ sequence }) => void seen.add(sequence),
  });

  await bus.publish(fact(1));
  await breakConnections(vhost.name);
  await vi.waitFor(() => bus.publish(fact(2)), patience);

  await vi.waitFor(() => expect([...seen].sort()).toEqual([1, 2]), patience);
  await bus.close();
  await vhost.drop();
});

test('a fact that no queue wants is kept where an operator finds it', async () => {
  const vhost = await createVhost();
  const bus = await connected(vhost.url);
  await bus.publish(fact(1));

  await vi.waitFor(async () => {
    const queue = await rabbitApi('GET', `/queues/${vhost.name}/guichet.unrouted`);
    expect(queue).toMatchObject({ messages: 1 });
  }, patience);
  await bus.close();
  await vhost.drop();
});
