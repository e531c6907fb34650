import { messageSchemas } from '@guichet/contracts/messages';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import {
  facts,
  lapse,
  place,
  placed,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import type { Slot } from './slot.ts';

/** What is told of a slot after it was opened first: fact and places taken. */
const toldOf = async (pool: Pool, { id }: Slot) =>
  (await facts(pool, id)).slice(1).map(({ type, data }) => [type, data.taken]);

/** A slot that so many bookings of one place have filled. */
async function soldOut(pool: Pool, bookings: number) {
  const slot = await seedSlot(pool, { capacity: bookings });
  const ids: string[] = [];
  for (let n = 0; n < bookings; n += 1) ids.push(await placed(pool, quoteFor(slot)));
  return { slot, ids };
}
const cancel = (pool: Pool, id: string) =>
  pool.query(`select end_bookings(array[$1::uuid], 'CANCELLED', 'booking.cancelled')`, [id]);

test('a place that comes back to a sold-out slot is announced, and the next one is not', async ({
  pool,
}) => {
  const { slot, ids } = await soldOut(pool, 3);

  await cancel(pool, ids[0] ?? '');
  await cancel(pool, ids[1] ?? '');

  expect(await toldOf(pool, slot)).toEqual([
    ['slot.sold_out', 3],
    ['slot.opened', 2],
  ]);
  const [first, full, again] = await facts(pool, slot.id);
  expect(first?.sequence).toBe(1);
  expect(again?.sequence).toBeGreaterThan(full?.sequence ?? 0);
  expect(messageSchemas['slot.opened'].parse(again?.data)).toMatchObject({
    capacity: 3,
    taken: 2,
    status: 'open',
  });
});

test('a slot that fills up again and has places again is announced again', async ({ pool }) => {
  const { slot, ids } = await soldOut(pool, 1);

  await cancel(pool, ids[0] ?? '');
  const next = await placed(pool, quoteFor(slot));
  await cancel(pool, next);

  expect(await toldOf(pool, slot)).toEqual([
    ['slot.sold_out', 1],
    ['slot.opened', 0],
    ['slot.sold_out', 1],
    ['slot.opened', 0],
  ]);
});

test('a sweep that frees several places of sold-out slots announces each slot once', async ({
  pool,
}) => {
  const one = await soldOut(pool, 3);
  const other = await soldOut(pool, 2);
  for (const id of [...one.ids, ...other.ids]) await lapse(pool, id);

  const { rows } = await pool.query(`select free_lapsed_holds(interval '0', 100) as freed`);
  expect(rows).toEqual([{ freed: 5 }]);

  expect(await toldOf(pool, one.slot)).toEqual([
    ['slot.sold_out', 3],
    ['slot.opened', 0],
  ]);
  expect(await toldOf(pool, other.slot)).toEqual([
    ['slot.sold_out', 2],
    ['slot.opened', 0],
  ]);
});

test('eight cancel at once, and the slot is announced once', async ({ pool }) => {
  const { slot, ids } = await soldOut(pool, 8);

  await Promise.all(ids.map((id) => cancel(pool, id)));

  expect(await toldOf(pool, slot)).toEqual([
    ['slot.sold_out', 8],
    ['slot.opened', 7],
  ]);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a slot that was not sold out is not announced', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 2 });
  const id = await placed(pool, quoteFor(slot));

  await cancel(pool, id);

  expect(await toldOf(pool, slot)).toEqual([]);
});

test.for([
  ['closed', `update slots set status = 'closed'`],
  ['past', `update slots set starts_at = now() - interval '1 minute'`],
] as const)('a sold-out slot that is %s is not announced', async ([, change], { pool }) => {
  const { slot, ids } = await soldOut(pool, 1);
  await pool.query(change);

  await cancel(pool, ids[0] ?? '');

  expect(await toldOf(pool, slot)).toEqual([['slot.sold_out', 1]]);
});

test('a place that goes from a lapsed hold to the next buyer was there for nobody else', async ({
  pool,
}) => {
  const { slot, ids } = await soldOut(pool, 2);
  await lapse(pool, ids[0] ?? '');

  expect((await place(pool, quoteFor(slot))).outcome).toBe('placed');

  expect((await toldOf(pool, slot)).map(([type]) => type)).not.toContain('slot.opened');
  expect(await wrongCounters(pool)).toEqual([]);
});

test('what a lapsed hold gives back beyond what the next buyer takes is announced', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 3 });
  await lapse(pool, await placed(pool, quoteFor(slot, 3)));

  expect((await place(pool, quoteFor(slot))).outcome).toBe('placed');

  expect(await toldOf(pool, slot)).toEqual([
    ['slot.sold_out', 3],
    ['slot.opened', 1],
  ]);
});

test('what comes back and is too little for the buyer is announced for others', async ({
  pool,
}) => {
  const { slot, ids } = await soldOut(pool, 3);
  await lapse(pool, ids[0] ?? '');

  expect((await place(pool, quoteFor(slot, 2))).outcome).toBe('sold_out');

  expect(await toldOf(pool, slot)).toEqual([
    ['slot.sold_out', 3],
    ['slot.opened', 2],
  ]);
});
