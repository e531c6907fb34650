import { newId } from '@guichet/contracts/ids';
import { createBatcher } from '@guichet/postgres/batcher';
import { createPool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import fc from 'fast-check';
import { expect, onTestFinished, vi } from 'vitest';
import {
  GRACE_MS,
  outcomes,
  place,
  placeAll,
  placed,
  placingOf,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { type Placing, placingStore } from './placing-store.ts';

test('batches and one after the other, the same buyers get the same places', async ({ pool }) => {
  const buyers = fc.array(fc.record({ slot: fc.nat(2), places: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 12,
  });
  const capacities = fc.tuple(fc.nat(8), fc.nat(8), fc.nat(8));
  await fc.assert(
    fc.asyncProperty(capacities, buyers, async (capacity, wanted) => {
      const seed = () =>
        Promise.all(capacity.map((places) => seedSlot(pool, { capacity: places + 1 })));
      const [alone, together] = [await seed(), await seed()];
      const quotes = (slots: typeof alone) =>
        wanted.map(({ slot, places }) => quoteFor(slots[slot] as (typeof alone)[0], places));

      const one: string[] = [];
      for (const quote of quotes(alone)) one.push((await place(pool, quote)).outcome);
      const many = await placeAll(
        pool,
        quotes(together).map((quote) => placingOf(quote)),
      );

      expect(outcomes(many)).toEqual(one);
    }),
    { numRuns: 40 },
  );
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a taken reference costs its own member another try, and nobody else anything', async ({
  pool,
}) => {
  const slot = await seedSlot(pool);
  await placed(pool, quoteFor(slot), { reference: 'SAME-REF7' });

  const store = placingStore(pool);
  const many = vi.fn((placings: readonly Placing[]) => store.placeAll(placings, GRACE_MS));
  const batched = createBatcher({
    one: (placing: Placing) => store.place(placing, GRACE_MS),
    many,
    keyOf: ({ claim }) => claim.key,
  });

  const placements = await Promise.all([
    batched(placingOf(quoteFor(slot))),
    batched(placingOf(quoteFor(slot), { reference: 'SAME-REF7' })),
  ]);

  expect(many).toHaveBeenCalledOnce();
  expect(outcomes(placements)).toEqual(['placed', 'reference_taken']);
  expect((await pool.query('select from booking_keys')).rowCount).toBe(2);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('one key through both functions, of two processes, is one booking: no deadlock, no violation', async ({
  pool,
  databaseUrl,
}) => {
  const slots = await Promise.all(
    Array.from({ length: 4 }, () => seedSlot(pool, { capacity: 10_000 })),
  );
  const pools = Array.from({ length: 2 }, () =>
    createPool({ url: databaseUrl, applicationName: 'test', max: 8 }),
  );
  onTestFinished(async () => void (await Promise.all(pools.map((one) => one.end()))));
  const [one, other] = pools as [(typeof pools)[0], (typeof pools)[0]];
  const slotAt = (at: number) => slots[at % slots.length] as (typeof slots)[0];

  for (let round = 0; round < 30; round += 1) {
    const keys = Array.from({ length: 12 }, () => newId());
    // The same keys in another order, for the same slots and for others.
    const batch = (shift: number, order: readonly string[]) =>
      order.map((key) => placingOf(quoteFor(slotAt(keys.indexOf(key) + shift)), { key }));
    const answers = await Promise.all([
      placeAll(one, batch(0, keys)),
      placeAll(other, batch(round % 2, keys.toReversed())),
      Promise.all(keys.map((key, at) => place(other, quoteFor(slotAt(at)), { key }))),
    ]);

    const placedNow = answers.flat().filter(({ outcome }) => outcome === 'placed');
    expect(placedNow).toHaveLength(keys.length);
    expect(new Set(outcomes(answers.flat()))).toEqual(new Set(['placed', 'replay']));
  }
  expect(await wrongCounters(pool)).toEqual([]);
}, 60_000);

test('batches and single buyers at once never sell a place twice', async ({ pool }) => {
  const slots = await Promise.all([30, 50].map((capacity) => seedSlot(pool, { capacity })));
  const places = () => 1 + Math.floor(Math.random() * 4);
  const buyers = Array.from({ length: 20 }, (_, nth) => {
    const quotes = Array.from({ length: nth % 2 ? 1 : 7 }, (_, at) =>
      quoteFor(slots[(at + nth) % 2] as (typeof slots)[0], places()),
    );
    const [only] = quotes;
    return nth % 2 && only
      ? place(pool, only)
      : placeAll(
          pool,
          quotes.map((quote) => placingOf(quote)),
        );
  });
  await Promise.all(buyers);

  expect(await wrongCounters(pool)).toEqual([]);
  const { rows } = await pool.query('select sum(taken)::integer as taken from slots');
  expect(rows[0].taken).toBeGreaterThan(60);
});

test('a batch finds its slots by their ids, however many there are', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 20 });
  await pool.query(
    `insert into slots (id, organiser_id, offering_id, starts_at, ends_at, capacity)
     select gen_random_uuid(), organiser_id, offering_id, starts_at, ends_at, capacity
       from slots, generate_series(1, 5000)`,
  );
  await pool.query('analyze slots');
  const placings = Array.from({ length: 20 }, () => placingOf(quoteFor(slot)));

  const [placements, scanned] = await inTransaction(pool, async (tx) => [
    await placingStore(tx).placeAll(placings, GRACE_MS),
    // What was read of the table from its first row on, without an index.
    await tx.query(`select pg_stat_get_xact_tuples_returned('slots'::regclass)::integer as rows`),
  ]);

  expect(new Set(outcomes(placements))).toEqual(new Set(['placed']));
  expect(scanned.rows[0].rows).toBeLessThan(placings.length);
});
