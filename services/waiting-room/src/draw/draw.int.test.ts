import { hash, randomBytes } from 'node:crypto';
import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { line, wishOf } from '../turns/turns-test.ts';
import { type SeededRoom, seedRoom, test } from '../waiting-room-test.ts';
import { wrongWithDraw } from './check-draw.ts';
import { drawStore } from './draw-store.ts';
import { showDraw } from './show-draw.ts';

const seed = randomBytes(32);
const drawn = { order: 'draw', seedCommitment: hash('sha256', seed), sealedSeed: 'sealed' };

async function joinAll(pool: Pool, room: SeededRoom, count: number) {
  const of = line(pool);
  const turns = [];
  for (let nth = 0; nth < count; nth += 20) {
    const some = Array.from({ length: Math.min(20, count - nth) }, (_, at) =>
      of.join(wishOf(of, room, nth + at)),
    );
    turns.push(...(await Promise.all(some)));
  }
  return { of, turns };
}
const theHour = (pool: Pool) => pool.query('update rooms set sale_at = now()');

test('before a draw nobody has a rank, and after it each has one that anybody can check', async ({
  pool,
}) => {
  const room = await seedRoom(pool, drawn);
  const { of, turns } = await joinAll(pool, room, 200);
  expect(turns.every(({ rank, state }) => rank === null && state === 'before_draw')).toBe(true);
  const show = showDraw({ pool });
  const whole = { after: 0, limit: 10_000 };
  expect(await show(room.id, whole)).toMatchObject({ seed: null, drawnAt: null, turnIds: [] });
  await theHour(pool);

  expect(await drawStore(pool).draw(room.id, seed)).toBe(200);

  const { seedCommitment, seed: shown, turnIds, entries } = await show(room.id, whole);
  expect(entries).toBe(200);
  expect(new Set(turnIds)).toEqual(new Set(turns.map(({ turnId }) => turnId)));
  expect(wrongWithDraw(seedCommitment, shown ?? '', turnIds)).toEqual([]);
  const mine = await of.show(room.id, turns[0]?.turn ?? '');
  expect(turnIds[Number(mine.rank) - 1]).toBe(turns[0]?.turnId);
  expect(mine.turn).not.toBe(turns[0]?.turn);
  // The rank is in the new turn: it is not asked for again.
  expect((await of.show(room.id, mine.turn)).turn).toBe(mine.turn);
});

test('who came early is no better off than who came late', async ({ pool }) => {
  const room = await seedRoom(pool, drawn);
  const { turns } = await joinAll(pool, room, 300);
  await theHour(pool);
  await drawStore(pool).draw(room.id, seed);

  const { rows } = await pool.query<{ id: string; rank: number }>('select id, rank from turns');
  const rankOf = new Map(rows.map(({ id, rank }) => [id, rank]));
  const early = turns.slice(0, 150).map(({ turnId }) => rankOf.get(turnId) ?? 0);
  const mean = early.reduce((sum, rank) => sum + rank, 0) / early.length;
  // 150.5 is the mean of all; so far from it chance comes once in a million draws.
  expect(Math.abs(mean - 150.5)).toBeLessThan(35);
});

test('who comes after the hour stands behind, also when the draw comes later than they', async ({
  pool,
}) => {
  const room = await seedRoom(pool, drawn);
  const { of } = await joinAll(pool, room, 20);
  await theHour(pool);
  const late = await of.join(wishOf(of, room, 500));
  await drawStore(pool).draw(room.id, seed);
  const later = await of.join(wishOf(of, room, 501));

  expect(await of.show(room.id, late.turn)).toMatchObject({ rank: 21 });
  expect(later).toMatchObject({ rank: 22, state: 'waiting' });
});

test('ranks have no gap where people join while it is drawn', async ({ pool }) => {
  const room = await seedRoom(pool, drawn);
  const { of } = await joinAll(pool, room, 100);
  await theHour(pool);

  await Promise.all([
    drawStore(pool).draw(room.id, seed),
    ...Array.from({ length: 60 }, (_, nth) => of.join(wishOf(of, room, 1_000 + nth))),
  ]);

  const { rows } = await pool.query<{ rank: number }>('select rank from turns order by rank');
  expect(rows.map(({ rank }) => rank)).toEqual(Array.from({ length: 160 }, (_, nth) => nth + 1));
});

describe('a draw', () => {
  test('is made once', async ({ pool }) => {
    const room = await seedRoom(pool, drawn);
    await joinAll(pool, room, 20);
    await theHour(pool);

    const twice = await Promise.all([
      drawStore(pool).draw(room.id, seed),
      drawStore(pool).draw(room.id, seed),
    ]);

    expect(twice.filter((ranked) => ranked !== undefined)).toEqual([20]);
  });

  test('is made with no other seed than the one that was committed to', async ({ pool }) => {
    const room = await seedRoom(pool, drawn);
    await joinAll(pool, room, 5);

    await expect(drawStore(pool).draw(room.id, randomBytes(32))).rejects.toThrow('committed to');
  });

  test('is told of no room that has none', async ({ pool }) => {
    const room = await seedRoom(pool);

    await expect(showDraw({ pool })(room.id, { after: 0, limit: 1 })).rejects.toMatchObject({
      code: 'room_has_no_draw',
    });
  });

  test('that was tampered with is seen', () => {
    const ids = ['0197a6f0-0000-7000-8000-000000000001', '0197a6f0-0000-7000-8000-000000000002'];
    const text = seed.toString('hex');
    const right = wrongWithDraw(hash('sha256', seed), text, ids).length === 0 ? ids : ids.reverse();

    expect(wrongWithDraw(hash('sha256', seed), text, [...right].reverse())).toHaveLength(1);
    expect(wrongWithDraw(hash('sha256', 'other'), text, right)).toEqual([
      'the seed is another one',
    ]);
  });
});
