import { expect } from 'vitest';
import {
  facts,
  lapse,
  place,
  placed,
  quoteFor,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';

test('a hold that ran out is freed by the take that needs it, and told of', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 3 });
  const gone = await placed(pool, quoteFor(slot, 2));
  const kept = await placed(pool, quoteFor(slot, 1));
  await lapse(pool, gone);

  expect(await place(pool, quoteFor(slot, 2))).toMatchObject({ outcome: 'placed' });

  expect(await statusOf(pool, gone)).toBe('EXPIRED');
  expect(await statusOf(pool, kept)).toBe('PENDING');
  expect((await facts(pool, gone)).map(({ type }) => type)).toEqual([
    'booking.placed',
    'booking.expired',
  ]);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('of twenty buyers, each place that ran out goes to one', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  for (let n = 0; n < 5; n += 1) await lapse(pool, await placed(pool, quoteFor(slot)));

  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (;;) {
        const { outcome } = await place(pool, quoteFor(slot));
        if (outcome !== 'contended') return outcome;
      }
    }),
  );

  expect(outcomes.filter((outcome) => outcome === 'placed')).toHaveLength(5);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('within its hidden grace a hold is not free, nor once its payment began', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 2 });
  await placed(pool, quoteFor(slot), { holdMs: 0 });
  const begun = await placed(pool, quoteFor(slot));
  await pool.query('update bookings set payment_began_at = now() where id = $1', [begun]);
  await lapse(pool, begun);

  expect(await place(pool, quoteFor(slot))).toMatchObject({ outcome: 'sold_out' });
});

test('a place that is just being paid for is not a refusal yet: the caller tries again', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const held = await placed(pool, quoteFor(slot));
  await lapse(pool, held);
  const other = await pool.connect();
  try {
    await other.query('begin');
    await other.query('select from bookings where id = $1 for update', [held]);
    expect(await place(pool, quoteFor(slot))).toMatchObject({ outcome: 'contended' });
  } finally {
    await other.query('rollback');
    other.release();
  }
  expect((await pool.query('select from booking_keys')).rowCount).toBe(1);
});
