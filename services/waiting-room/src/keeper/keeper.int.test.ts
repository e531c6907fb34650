import { ServiceUnavailable } from '@guichet/http/service-client';
import { expect, vi } from 'vitest';
import { aPace, test } from '../waiting-room-server-test.ts';
import { callsOf, lineOf } from '../waiting-room-test.ts';

import { calledUpTo, crowd, patience, tenEach, tickBoth } from './keeper-test.ts';

test('of two replicas one keeps a room, and only that one calls', async ({ pool, start }) => {
  const { id } = await crowd(pool);
  const [one, two] = [await start(tenEach), await start(tenEach)];

  await tickBoth(one, two);

  expect(await callsOf(pool, id)).toEqual([10]);
  const counted = await Promise.all(
    [one, two].map((replica) => replica.valueOf('guichet_waiting_room_called_total')),
  );
  expect(counted.sort()).toEqual([0, 10]);
  // What was called is told, by the one that did, at once.
  const views = await Promise.all(
    [one, two].map(async ({ book }) => book.viewOf((await book.find(id)) as never)),
  );
  expect(views.map((view) => view.calledUpTo)).toContain(10);
});

test('were both to keep it, both would call: twice as many as may go in', async ({
  pool,
  start,
}) => {
  const { id } = await crowd(pool);
  const [one, two] = [await start(tenEach), await start(tenEach)];
  await pool.query(
    `create or replace function may_keep(line lines, who text, margin interval) returns boolean
       language sql stable as 'select true';
     create or replace function is_kept_by(line lines, who text) returns boolean
       language sql stable as 'select true'`,
  );

  await tickBoth(one, two);

  expect(await calledUpTo(pool, id)).toBe(20);
});

test('a keeper that is away too long no longer calls, whatever it has found out', async ({
  pool,
  start,
}) => {
  const { id } = await crowd(pool);
  const [one, two] = [await start(tenEach), await start(tenEach)];
  const asked = Promise.withResolvers<void>();
  one.outside.askPace = async () => {
    await asked.promise;
    return aPace;
  };
  const late = one.keeper.tick();
  await vi.waitFor(async () => expect((await lineOf(pool, id)).keeper).not.toBeNull(), patience);
  await pool.query(`update lines set kept_until = now() - interval '1 second'`);

  await two.keeper.tick();
  asked.resolve();
  await late;

  expect(await callsOf(pool, id)).toEqual([10]);
});

test('when the keeper dies another one goes on once its lease is over, and not before', async ({
  pool,
  start,
}) => {
  const { id } = await crowd(pool);
  const lease = { tickMs: 1_000, leaseMs: 1_500 };
  const [one, two] = [await start(lease), await start(lease)];
  await one.keeper.tick();
  const { rows } = await pool.query<{ kept_until: Date }>('select kept_until from lines');

  await two.keeper.tick();
  expect(await calledUpTo(pool, id)).toBe(10);
  await vi.waitFor(async () => {
    await two.keeper.tick();
    expect(await calledUpTo(pool, id)).toBeGreaterThan(10);
  }, patience);

  const calls = await pool.query<{ called_at: Date }>(
    'select called_at from calls order by up_to limit 1 offset 1',
  );
  const second = calls.rows[0]?.called_at.getTime() as number;
  const until = rows[0]?.kept_until.getTime() as number;
  expect(second).toBeGreaterThanOrEqual(until);
  expect(second).toBeLessThan(until + 1_500);
});

test('one that ends leaves its rooms to the next at once', async ({ pool, start }) => {
  const { id } = await crowd(pool);
  const [one, two] = [await start(tenEach), await start(tenEach)];
  await one.keeper.tick();
  await one.keeper.stop();

  await two.keeper.tick();

  expect(await callsOf(pool, id)).toEqual([10, 20]);
});

test('one that cannot ask reservation calls nobody, and leaves it to one that can', async ({
  pool,
  start,
}) => {
  const { id } = await crowd(pool);
  const [one, two] = [await start(tenEach), await start(tenEach)];
  one.outside.askPace = async () => {
    throw new ServiceUnavailable('reservation did not answer');
  };

  await one.keeper.tick();
  await one.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([]);
  expect((await lineOf(pool, id)).keeper).toBeNull();

  await two.keeper.tick();
  await one.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([10]);
});

test('two who take many rooms at once take each of them once', async ({ pool, start }) => {
  const rooms = await Promise.all(Array.from({ length: 12 }, () => crowd(pool, 20)));
  const replicas = [await start(tenEach), await start(tenEach), await start(tenEach)];

  await Promise.all(replicas.map(({ keeper }) => keeper.tick()));

  for (const { id } of rooms) expect(await callsOf(pool, id)).toEqual([10]);
});
