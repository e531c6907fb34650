import type { Pool } from '@guichet/postgres/pool';
import { describe, expect } from 'vitest';
import { type SeededRoom, seedRoom, test } from '../waiting-room-test.ts';
import { addressOf, type Line, line, wishOf } from './turns-test.ts';

const many = <T>(count: number, make: (nth: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, nth) => make(nth)));
const given = <T>(settled: PromiseSettledResult<T>[]): T[] =>
  settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
const codes = (settled: PromiseSettledResult<unknown>[]) =>
  settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
const countTurns = async (pool: Pool) =>
  (await pool.query<{ count: number }>('select count(*) from turns')).rows[0]?.count;

test('five hundred who come at once stand behind each other without a gap', async ({ pool }) => {
  const room = await seedRoom(pool);
  const replicas = [line(pool), line(pool)];

  const turns = given(
    await many(500, (nth) => {
      const replica = replicas[nth % 2] as Line;
      return replica.join(wishOf(replica, room, nth));
    }),
  );

  const ranks = turns.map(({ rank }) => Number(rank)).sort((one, other) => one - other);
  expect(ranks).toEqual(Array.from({ length: 500 }, (_, nth) => nth + 1));
  const { rows } = await pool.query('select joined from lines');
  expect(rows).toEqual([{ joined: 500 }]);
});

test('whoever had a turn before another one asked stands before them', async ({ pool }) => {
  const room = await seedRoom(pool);
  const of = line(pool);

  const ranks = [];
  for (let nth = 0; nth < 5; nth += 1) ranks.push((await of.join(wishOf(of, room, nth))).rank);

  expect(ranks).toEqual([1, 2, 3, 4, 5]);
});

test('twenty devices that reload one page have one turn, to the byte', async ({ pool }) => {
  const room = await seedRoom(pool);
  const replicas = [line(pool), line(pool)];
  const wish = wishOf(replicas[0] as Line, room, 1);

  const turns = given(await many(20, (nth) => (replicas[nth % 2] as Line).join(wish)));

  expect(turns).toHaveLength(20);
  expect(new Set(turns.map(({ turn }) => turn)).size).toBe(1);
  expect(await countTurns(pool)).toBe(1);
});

test('a turn stays with the account that it was given to, though its page is sent by another', async ({
  pool,
}) => {
  const room = await seedRoom(pool, { holder: 'account' });
  const of = line(pool);
  const wish = wishOf(of, room, 1, { customerId: 'ada' });
  const { turn } = await of.join(wish);

  const others = await many(5, (nth) => of.join({ ...wish, customerId: `bob ${nth}` }));

  expect(codes(others)).toEqual(Array.from({ length: 5 }, () => 'visit_invalid'));
  expect((await of.join(wish)).turn).toBe(turn);
});

describe('a limit holds where many come at once', () => {
  const joinAll = async (pool: Pool, room: SeededRoom, more: (nth: number) => object) => {
    const replicas = [line(pool), line(pool)];
    return many(30, (nth) => {
      const replica = replicas[nth % 2] as Line;
      return replica.join(wishOf(replica, room, nth, more(nth)));
    });
  };

  test('of an address', async ({ pool }) => {
    const room = await seedRoom(pool, { turnsPerAddress: 4 });

    const settled = await joinAll(pool, room, () => ({ address: '203.0.113.5' }));

    expect(given(settled)).toHaveLength(4);
    expect(new Set(codes(settled))).toEqual(new Set(['turns_per_address']));
  });

  test('of an account', async ({ pool }) => {
    const room = await seedRoom(pool, { holder: 'account', turnsPerHolder: 2 });

    const settled = await joinAll(pool, room, () => ({ customerId: 'ada' }));

    expect(given(settled)).toHaveLength(2);
    expect(new Set(codes(settled))).toEqual(new Set(['turns_per_holder']));
  });

  test('and without the lock of the line it would not', async ({ pool }) => {
    const room = await seedRoom(pool, { turnsPerAddress: 4 });
    // The same function, whose batches are let in beside each other.
    const { rows } = await pool.query<{ source: string }>(
      `select pg_get_functiondef('join_line'::regproc) as source`,
    );
    const unlocked = rows[0]?.source
      .replace(' for update;', ';')
      .replace('insert into turns', 'perform pg_sleep(0.05);\n      insert into turns');
    await pool.query(unlocked ?? '');
    await pool.query('alter table turns drop constraint turns_one_of_each_rank');

    const settled = await joinAll(pool, room, () => ({ address: '203.0.113.5' }));

    expect(given(settled).length).toBeGreaterThan(4);
  });
});

test('whoever has let an admission lapse may stand in line again, at its end', async ({ pool }) => {
  const room = await seedRoom(pool, { holder: 'account', admissionSeconds: 60 });
  const of = line(pool);
  const first = await of.join(wishOf(of, room, 1, { customerId: 'ada' }));
  await of.join(wishOf(of, room, 2, { customerId: 'bob' }));
  const again = () => of.join(wishOf(of, room, 3, { customerId: 'ada' }));
  await expect(again()).rejects.toMatchObject({ code: 'turns_per_holder' });

  await pool.query(`update turns set admitted_at = now() - interval '61 seconds' where id = $1`, [
    first.turnId,
  ]);

  await expect(again()).resolves.toMatchObject({ rank: 3 });
});

describe('nobody joins', () => {
  test.for([
    ['a room that is not open yet', { opensIn: 60 }, 'room_not_open'],
    ['a room that has closed', { saleIn: -120, closesIn: -60, opensIn: -180 }, 'room_closed'],
    ['a room for accounts without one', { holder: 'account' }, 'account_required'],
    [
      'a room for verified addresses without a code',
      { holder: 'verified_email' },
      'email_code_wrong',
    ],
  ] as const)('%s', async ([, how, code], { pool }) => {
    const room = await seedRoom(pool, how);
    const of = line(pool);

    await expect(of.join(wishOf(of, room, 1))).rejects.toMatchObject({ code });
    expect(await countTurns(pool)).toBe(0);
  });

  test('with the page of another room', async ({ pool }) => {
    const [room, other] = [await seedRoom(pool), await seedRoom(pool)];
    const of = line(pool);
    const visit = of.visitFrom(other, addressOf(1));

    await expect(of.join(wishOf(of, room, 1, { visit }))).rejects.toMatchObject({
      code: 'visit_invalid',
    });
  });

  test('faster than a block of addresses may', async ({ pool }) => {
    const room = await seedRoom(pool);
    const of = line(pool, { joinsPerMinute: 3 });

    const settled = await many(5, (nth) =>
      of.join(wishOf(of, room, nth, { address: `203.0.113.${nth}` })),
    );

    expect(given(settled)).toHaveLength(3);
    expect(codes(settled)).toEqual(['too_fast_from_network', 'too_fast_from_network']);
  });
});

test('what was refused is counted, by reason and by block, once it is written', async ({
  pool,
}) => {
  const room = await seedRoom(pool, { turnsPerAddress: 1 });
  const of = line(pool);
  await many(3, (nth) => of.join(wishOf(of, room, nth, { address: '203.0.113.5' })));
  await expect(
    of.join(
      wishOf(of, room, 9, { visit: 'nonsense', roomId: '0197a6f0-0000-7000-8000-00000000000f' }),
    ),
  ).rejects.toMatchObject({ code: 'visit_invalid' });

  await of.refusals.write();

  const reasons = await pool.query('select reason, count from room_refusals');
  expect(reasons.rows).toEqual([{ reason: 'turns_per_address', count: 2 }]);
  const blocks = await pool.query('select label, turns, refused from blocks');
  expect(blocks.rows).toEqual([{ label: '203.0.113.0/24', turns: 1, refused: 2 }]);
});
