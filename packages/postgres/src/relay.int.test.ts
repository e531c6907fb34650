import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Bus } from '@guichet/messaging/bus';
import type { Message } from '@guichet/messaging/message';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { databaseTest } from '@guichet/testing/database-test';
import { expect, vi } from 'vitest';
import { firstDelivery } from './inbox.ts';
import { outbox } from './outbox.ts';
import type { Pool } from './pool.ts';
import { createRelay } from './relay.ts';
import { inTransaction } from './transaction.ts';

const test = databaseTest();
const subjectId = '0197a6f0-0000-7000-8000-000000000001';

const fact = (sequence: number, subject = subjectId) =>
  ({ type: 'subject.revoked', subject, sequence, data: { subjectId: subject } }) as const;

const add = (pool: Pool, sequence: number, subject?: string) =>
  inTransaction(pool, (tx) => outbox(tx, 'test').add(fact(sequence, subject)));

function relayTo(pool: Pool, publish: (message: Message) => Promise<void>) {
  return relayInBatches(pool, async (messages) => {
    const results = await Promise.allSettled(
      messages.map(({ data, ...rest }) => publish({ ...rest, data: JSON.parse(data) })),
    );
    return results.map((result) => (result.status === 'rejected' ? result.reason : undefined));
  });
}

function relayInBatches(pool: Pool, publishAll: Bus['publishAll'], pollMs = 20) {
  return createRelay({
    pool,
    bus: { publishAll },
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
    pollMs,
  });
}
const left = async (pool: Pool) => Number((await pool.query('select from outbox')).rowCount);

test('a fact leaves once its transaction is committed, and not when it is rolled back', async ({
  pool,
}) => {
  const sent: Message[] = [];
  const relay = relayTo(pool, async (message) => void sent.push(message));
  relay.start();

  await inTransaction(pool, async (tx) => {
    await outbox(tx, 'test').add(fact(1));
    throw new Error('no');
  }).catch(() => {});
  await add(pool, 2);
  await vi.waitFor(async () => expect(await left(pool)).toBe(0), { timeout: 20_000 });
  await relay.stop();

  expect(sent).toEqual([
    expect.objectContaining({
      specversion: '1.0',
      source: 'guichet/test',
      type: 'subject.revoked',
      sequence: 2,
      data: { subjectId },
    }),
  ]);
});

test('what cannot be published stays, and the facts of its subject leave in order', async ({
  pool,
}) => {
  const sent: number[] = [];
  let down = true;
  const relay = relayTo(pool, async ({ sequence }) => {
    if (down && sequence === 2) throw new Error('the broker is down');
    sent.push(sequence);
  });
  for (const sequence of [1, 2, 3]) await add(pool, sequence);
  relay.start();

  await vi.waitFor(() => expect(sent).toEqual([1]), { timeout: 20_000 });
  down = false;
  await vi.waitFor(() => expect(sent).toEqual([1, 2, 3]), { timeout: 20_000 });
  await relay.stop();
});

test('subjects leave side by side, the facts of each one after the other', async ({ pool }) => {
  const batches: string[][] = [];
  const relay = relayInBatches(pool, async (messages) => {
    batches.push(messages.map(({ subject, sequence }) => `${subject}${sequence}`));
    return messages.map(() => undefined);
  });
  await inTransaction(pool, async (tx) => {
    const facts = [fact(1, 'a'), fact(2, 'a'), fact(1, 'b'), fact(3, 'a'), fact(2, 'b')];
    for (const one of facts) await outbox(tx, 'test').add(one);
  });
  relay.start();
  await vi.waitFor(async () => expect(await left(pool)).toBe(0), { timeout: 20_000 });
  await relay.stop();

  expect(batches).toEqual([['a1', 'b1'], ['a2', 'b2'], ['a3']]);
});

test('a fact that is committed behind its back is not lost with those that left', async ({
  pool,
}) => {
  const sent: number[] = [];
  const slow = await pool.connect();
  const relay = relayTo(pool, async ({ sequence }) => {
    sent.push(sequence);
    // Its position is before that of the fact which is being published.
    if (sequence === 2) await slow.query('commit');
  });
  try {
    await slow.query('begin');
    await outbox(slow, 'test').add(fact(1, 'slow'));
    await add(pool, 2);
    relay.start();
    await vi.waitFor(() => expect(sent).toEqual([2, 1]), { timeout: 20_000 });
  } finally {
    await relay.stop();
    slow.release();
  }
});

test('of two relays one publishes, and the other takes over when it stops', async ({ pool }) => {
  const by: string[] = [];
  const first = relayTo(pool, async () => void by.push('first'));
  const second = relayTo(pool, async () => void by.push('second'));
  first.start();
  await add(pool, 1);
  await vi.waitFor(() => expect(by).toEqual(['first']), { timeout: 20_000 });

  second.start();
  await add(pool, 2);
  await vi.waitFor(() => expect(by).toHaveLength(2), { timeout: 20_000 });
  await first.stop();
  await add(pool, 3);
  await vi.waitFor(() => expect(by).toHaveLength(3), { timeout: 20_000 });
  await second.stop();

  expect(by).toEqual(['first', 'first', 'second']);
});

test('one that does not publish asks for the lock now and then, however often it is woken', async ({
  pool,
}) => {
  const first = relayTo(pool, async () => {});
  first.start();
  await add(pool, 1);
  await vi.waitFor(async () => expect(await left(pool)).toBe(0), { timeout: 20_000 });
  const asking = vi.spyOn(pool, 'connect');
  const released = new Promise((resolve) => pool.once('release', resolve));
  const second = relayInBatches(pool, async () => [], 60_000);

  second.start();
  await released;
  for (let nth = 0; nth < 10; nth += 1) {
    await turn();
    second.wake();
  }
  await second.stop();
  await first.stop();

  expect(asking).toHaveBeenCalledTimes(1);
});

test('a relay whose connection is ended goes on with another', async ({ pool }) => {
  const sent: number[] = [];
  const relay = relayTo(pool, async ({ sequence }) => void sent.push(sequence));
  relay.start();
  await add(pool, 1);
  await vi.waitFor(() => expect(sent).toEqual([1]), { timeout: 20_000 });

  // Of this database alone: other tests hold such locks on the same server.
  await pool.query(
    `select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory'
        and database = (select oid from pg_database where datname = current_database())`,
  );
  await add(pool, 2);
  await vi.waitFor(() => expect(sent).toEqual([1, 2]), { timeout: 20_000 });
  await relay.stop();
});

test('of two deliveries at once, exactly one is the first', async ({ pool }) => {
  const deliver = () =>
    inTransaction(pool, async (tx) => {
      const first = await firstDelivery(tx, 'test.consumer', 'm1');
      await sleep(20);
      return first;
    });

  const outcomes = await Promise.all(Array.from({ length: 8 }, deliver));

  expect(outcomes.filter(Boolean)).toHaveLength(1);
});
