import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailable } from '@guichet/http/service-client';
import type { Pool } from '@guichet/postgres/pool';
import { expect, onTestFinished, vi } from 'vitest';
import { aPace, type Replica, test } from '../waiting-room-server-test.ts';
import {
  admitTurns,
  callsOf,
  lineOf,
  seedRoom,
  seedTurns,
  shiftRoom,
} from '../waiting-room-test.ts';

const patience = { timeout: 20_000, interval: 20 };
/** Ten people each tick, and places for all of them. */
const tenEach = { tickMs: 1_000, leaseMs: 30_000 };
const aSale = { saleIn: -1, pacing: { by: 'rate', perMinute: 600 } };

/** A sale that goes on, with so many who wait. */
async function crowd(pool: Pool, count = 100, room: object = {}) {
  const { id } = await seedRoom(pool, { ...aSale, ...room });
  return { id, turns: await seedTurns(pool, id, count) };
}
const calledUpTo = async (pool: Pool, id: string): Promise<number> =>
  (await lineOf(pool, id)).called_up_to;

async function tickBoth(one: Replica, two: Replica): Promise<void> {
  await Promise.all([one.keeper.tick(), two.keeper.tick()]);
}

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

test('nobody is called before the sale, nor once the room is closed', async ({ pool, start }) => {
  const { id } = await crowd(pool, 10, { saleIn: 60 });
  const replica = await start(tenEach);

  await replica.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([]);
  // What is left is told all the same.
  expect((await lineOf(pool, id)).places_left).toBe(500);

  await shiftRoom(pool, id, { opensIn: -9, saleIn: -8, closesIn: -1 });
  await replica.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([]);
});

test.for([-3_600_000, 3_600_000])(
  'a process whose clock is off by %i ms calls whom it would, when it would',
  async (offMs, { pool, start }) => {
    const early = await crowd(pool, 20, { saleIn: 600 });
    const due = await crowd(pool, 20);
    const late = await crowd(pool, 20, { opensIn: -999, saleIn: -900, closesIn: 600 });
    const replica = await start(tenEach);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs });
    onTestFinished(() => void vi.useRealTimers());

    await replica.book.look();
    await replica.keeper.tick();

    const upTo = await Promise.all([early, due, late].map(({ id }) => calledUpTo(pool, id)));
    expect(upTo).toEqual([0, 10, 10]);
    const phases = await Promise.all(
      [early, due, late].map(
        async ({ id }) => (await replica.ask('GET', `/api/waiting-rooms/${id}/line`)).body.phase,
      ),
    );
    expect(phases).toEqual(['waiting', 'admitting', 'admitting']);
  },
);

test('so many are called as places could serve; more once those have booked', async ({
  pool,
  start,
}) => {
  const { id, turns } = await crowd(pool, 100);
  const replica = await start(tenEach);
  const pace = { ...aPace, placesLeft: 10, capacity: 10 };
  replica.outside.askPace = async () => pace;

  await replica.keeper.tick();
  // They are on their way, and then inside: the places are theirs to choose from.
  await replica.keeper.tick();
  expect(await calledUpTo(pool, id)).toBe(6);
  expect(await admitTurns(pool, id, turns.slice(0, 7))).toEqual([
    ...Array.from({ length: 6 }, () => 'admitted'),
    'not_your_turn',
  ]);
  await replica.keeper.tick();
  expect(await calledUpTo(pool, id)).toBe(6);

  // Four of them book one place each; the places go further than was thought.
  Object.assign(pace, { placesLeft: 6, held: 4, bookings: 4 });
  await replica.keeper.tick();
  expect(await calledUpTo(pool, id)).toBe(9);

  Object.assign(pace, { placesLeft: 0, held: 10, bookings: 10 });
  await replica.keeper.tick();
  expect(await calledUpTo(pool, id)).toBe(9);
  expect(await lineOf(pool, id)).toMatchObject({ places_left: 0, held: 10, bookings: 10 });
});

test('by measurement people are called faster while all goes well, and slower when it does not', async ({
  pool,
  start,
}) => {
  const { id } = await crowd(pool, 500, { pacing: { by: 'measurement' } });
  const replica = await start({ ...tenEach, tickMs: 200 });
  const pace = { ...aPace, placesLeft: 5_000, capacity: 5_000 };
  replica.outside.askPace = async () => pace;
  const paces = [];
  for (let nth = 0; nth < 4; nth += 1) {
    await replica.keeper.tick();
    paces.push((await lineOf(pool, id)).pace);
    await sleep(200);
  }
  pace.queueAgeMs = 400;
  await replica.keeper.tick();
  paces.push((await lineOf(pool, id)).pace);

  expect(paces[0]).toBeGreaterThan(5);
  expect(paces[3]).toBeGreaterThan(paces[0]);
  expect(paces[4]).toBe(paces[3] / 2);
});

test('a draw is made before anybody is called, and nobody is while it cannot be', async ({
  pool,
  start,
}) => {
  const seed = Buffer.alloc(32, 3);
  const { id } = await seedRoom(pool, {
    order: 'draw',
    seedCommitment: (await pool.query(`select encode(sha256($1), 'hex') as hash`, [seed])).rows[0]
      .hash,
    sealedSeed: 'sealed',
  });
  await seedTurns(pool, id, 30);
  const replica = await start(tenEach);
  await replica.keeper.tick();
  await shiftRoom(pool, id, { opensIn: -60, saleIn: -1, closesIn: 600 });

  replica.outside.drawLine = async () => {
    throw new Error('the seed cannot be unsealed');
  };
  await replica.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([]);

  let draws = 0;
  replica.outside.drawLine = async (roomId) => {
    draws += 1;
    await pool.query('select draw_line($1, $2)', [roomId, seed]);
  };
  await replica.keeper.tick();
  expect(await callsOf(pool, id)).toEqual([]);
  await replica.keeper.tick();
  await replica.keeper.tick();
  expect(draws).toBe(1);
  expect((await callsOf(pool, id)).length).toBeGreaterThan(0);
});

test('the database itself takes nobody back who was called, and calls nobody who is not there', async ({
  pool,
}) => {
  const { id } = await crowd(pool, 10);
  await pool.query('update lines set called_up_to = 5 where room_id = $1', [id]);

  await expect(pool.query('update lines set called_up_to = 4')).rejects.toThrow('would fall');
  await expect(pool.query('update lines set called_up_to = 11')).rejects.toThrow(
    'lines_call_who_has_joined',
  );
  expect(await calledUpTo(pool, id)).toBe(5);
});

test('two who take many rooms at once take each of them once', async ({ pool, start }) => {
  const rooms = await Promise.all(Array.from({ length: 12 }, () => crowd(pool, 20)));
  const replicas = [await start(tenEach), await start(tenEach), await start(tenEach)];

  await Promise.all(replicas.map(({ keeper }) => keeper.tick()));

  for (const { id } of rooms) expect(await callsOf(pool, id)).toEqual([10]);
});
