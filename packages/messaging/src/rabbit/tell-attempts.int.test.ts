import { randomUUID } from 'node:crypto';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { createVhost } from '@guichet/testing/vhost';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectBus } from '../connect-bus.ts';
import { createMessage } from '../message.ts';

const patience = { timeout: 30_000, interval: 100 };
const fact = createMessage({
  source: 'test',
  type: 'subject.revoked',
  subject: 's',
  sequence: 1,
  data: { subjectId: '0197a6f0-0000-7000-8000-000000000001' },
});

/** A bus whose broker can be away, and what its one consumer has seen. */
async function onProxy({ away }: { away: boolean }) {
  const vhost = await createVhost();
  onTestFinished(vhost.drop);
  const proxy = await startFaultProxy(vhost.url);
  onTestFinished(proxy.close);
  if (away) await proxy.stop();
  const logger = createLogger({ service: 'test', level: 'silent' });
  const warn = vi.spyOn(logger, 'warn');

  const bus = await connectBus({
    url: proxy.through(vhost.url),
    logger,
    metrics: createMetrics({ service: 'test' }),
    retryTiersMs: [50],
  });
  onTestFinished(() => bus.close());
  const seen: number[] = [];
  await bus.subscribe({
    consumer: 'test.early',
    types: ['subject.revoked'],
    handle: async ({ sequence }) => void seen.push(sequence),
  });
  return { proxy, bus, seen, warn };
}

const saysAway = (port: number) =>
  `RabbitMQ at 127.0.0.1:${port} cannot be used (connect ECONNREFUSED 127.0.0.1:${port}). Is it up, and is MESSAGES_URL right?`;

test('a broker that is down at the start is said to be, and everything is as ever when it comes', async () => {
  const { proxy, bus, seen, warn } = await onProxy({ away: true });
  await expect(bus.ready()).rejects.toThrow(saysAway(proxy.port));
  expect(warn).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(warn.mock.calls)).not.toContain('guest');

  await proxy.start();
  await vi.waitFor(() => bus.ready(), patience);
  await bus.publish(fact);
  await vi.waitFor(() => expect(seen).toEqual([1]), patience);
});

test('a broker that goes away for a while is said to be away, and everything goes on when it is back', async () => {
  const { proxy, bus, seen } = await onProxy({ away: false });
  await bus.publish(fact);
  await vi.waitFor(() => expect(seen).toEqual([1]), patience);

  await proxy.stop();
  await vi.waitFor(() => expect(bus.ready()).rejects.toThrow(saysAway(proxy.port)), patience);
  await expect(bus.publish(fact)).rejects.toThrow();

  await proxy.start();
  await vi.waitFor(() => bus.ready(), patience);
  await bus.publish({ ...fact, id: randomUUID(), sequence: 2 });
  // Once at least: an acknowledgement that was under way may not have arrived.
  await vi.waitFor(() => expect([...new Set(seen)]).toEqual([1, 2]), patience);
});

test('one that never comes does not hold up the end', async () => {
  const bus = await connectBus({
    url: 'amqp://127.0.0.1:1',
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
  });
  await bus.subscribe({ consumer: 'test.never', types: ['subject.revoked'], async handle() {} });

  await expect(bus.close()).resolves.toBeUndefined();
});
