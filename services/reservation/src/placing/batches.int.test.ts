import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { expect } from 'vitest';
import {
  facts,
  lapse,
  outcomes,
  placeAll,
  placed,
  placingOf,
  quoteFor,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';

test('each of a batch is answered as it would be alone, whatever becomes of the others', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 3 });
  const other = await seedSlot(pool, { capacity: 1 });
  const closed = await seedSlot(pool);
  await pool.query(`update slots set status = 'closed' where id = $1`, [closed.id]);
  const before = placingOf(quoteFor(slot), { key: 'before' });
  const [first] = await placeAll(pool, [before]);

  const placements = await placeAll(pool, [
    placingOf(quoteFor(slot)),
    placingOf(quoteFor(slot), { key: 'before' }),
    placingOf(quoteFor(slot, 2), { key: 'before', bodyHash: 'other' }),
    placingOf(quoteFor(slot, 1, { slot: newId() })),
    placingOf(quoteFor(slot, 1, { off: newId() })),
    placingOf(quoteFor(closed)),
    placingOf(quoteFor(other, 2)),
    placingOf(quoteFor(other)),
    placingOf(quoteFor(slot)),
    placingOf(quoteFor(slot)),
  ]);

  expect(outcomes(placements)).toEqual([
    'placed',
    'replay',
    'reused',
    'slot_not_found',
    'quote_mismatch',
    'slot_closed',
    'sold_out',
    'placed',
    'placed',
    'sold_out',
  ]);
  expect(placements[1]).toEqual({ ...first, outcome: 'replay' });
  expect(await wrongCounters(pool)).toEqual([]);
  expect((await pool.query('select from booking_keys')).rowCount).toBe(4);
});

test('a small party is not refused because a large one before it did not fit', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 3 });

  const placements = await placeAll(
    pool,
    [2, 2, 1].map((places) => placingOf(quoteFor(slot, places))),
  );

  expect(outcomes(placements)).toEqual(['placed', 'sold_out', 'placed']);
});

test('holds that ran out are freed for a batch, no more than it needs, and each is told of', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 4 });
  const gone = await Promise.all(Array.from({ length: 4 }, () => placed(pool, quoteFor(slot))));
  for (const id of gone) await lapse(pool, id);

  const placements = await placeAll(
    pool,
    [1, 2].map((places) => placingOf(quoteFor(slot, places))),
  );

  expect(outcomes(placements)).toEqual(['placed', 'placed']);
  const ended = await Promise.all(gone.map((id) => statusOf(pool, id)));
  expect(ended.filter((status) => status === 'EXPIRED')).toHaveLength(3);
  const told = (await facts(pool)).map(({ type }) => type);
  expect(told.filter((type) => type === 'booking.expired')).toHaveLength(3);
  // It was sold out all the time: nobody else was told of places.
  expect(told.filter((type) => type === 'slot.opened')).toHaveLength(1);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('what a batch frees and does not take is announced', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 4 });
  await lapse(pool, await placed(pool, quoteFor(slot, 3)));
  await placed(pool, quoteFor(slot));

  await placeAll(pool, [placingOf(quoteFor(slot)), placingOf(quoteFor(slot))]);

  const [opened] = (await facts(pool)).filter(
    ({ type, sequence }) => type === 'slot.opened' && sequence > 1,
  );
  expect(opened).toBeDefined();
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a batch in which everybody is refused writes nothing', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  await placed(pool, quoteFor(slot));
  const client = await pool.connect();
  await client.query('begin');

  const placements = await placeAll(client, [placingOf(quoteFor(slot)), placingOf(quoteFor(slot))]);
  const { rows } = await client.query('select pg_current_xact_id_if_assigned() as written');
  await client.query('rollback');
  client.release();

  expect(outcomes(placements)).toEqual(['sold_out', 'sold_out']);
  expect(rows).toEqual([{ written: null }]);
});

test('what is told of a batch is what is told of each, as the contract says', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 3 });

  const placements = await placeAll(
    pool,
    [2, 1].map((places) => placingOf(quoteFor(slot, places))),
  );

  const told = await facts(pool);
  expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['slot.opened', 1],
    ['booking.placed', 1],
    ['booking.placed', 1],
    ['slot.sold_out', 2],
  ]);
  for (const { type, data } of told) {
    expect(() => messageSchemas[type as 'booking.placed'].parse(data)).not.toThrow();
  }
  expect(placements).toMatchObject(
    [told[1]?.data, told[2]?.data].map((data) => ({
      bookingId: (data as { bookingId: string }).bookingId,
    })),
  );
});

test('what is told of a booking of a batch is what its row says', async ({ pool }) => {
  const slot = await seedSlot(pool);
  const placing = placingOf(quoteFor(slot, 2));
  await placeAll(pool, [placing, placingOf(quoteFor(slot))]);

  const { rows } = await pool.query(
    `select outbox.data::jsonb as told, outbox.sequence,
            booking_fact(booking, slot)::jsonb as kept, booking.version
       from outbox
       join bookings booking on booking.id = outbox.subject::uuid
       join slots slot on slot.id = booking.slot_id`,
  );
  expect(rows).toHaveLength(2);
  for (const { told, kept, sequence, version } of rows) {
    expect(told).toEqual(kept);
    expect(sequence).toBe(version);
  }
});

test('each fact of a batch is of the trace of its own request', async ({ pool }) => {
  const slot = await seedSlot(pool);
  const traceparents = ['a', 'b', 'c'].map((one) => `00-${one.repeat(32)}-${one.repeat(16)}-01`);
  const placings = traceparents.map((traceparent) => {
    const placing = placingOf(quoteFor(slot));
    return { ...placing, booking: { ...placing.booking, traceparent } };
  });
  await placeAll(pool, placings);

  const { rows } = await pool.query(
    `select subject, traceparent from outbox where type = 'booking.placed' order by position`,
  );
  expect(rows).toEqual(
    placings.map(({ booking: { id, traceparent } }) => ({ subject: id, traceparent })),
  );
});
