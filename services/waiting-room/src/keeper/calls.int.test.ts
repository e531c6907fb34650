import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import { aPace, test } from '../waiting-room-server-test.ts';
import {
  admitTurns,
  callsOf,
  lineOf,
  seedRoom,
  seedTurns,
  shiftRoom,
} from '../waiting-room-test.ts';

import { calledUpTo, crowd, tenEach } from './keeper-test.ts';

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
