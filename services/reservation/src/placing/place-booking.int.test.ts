import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { expect } from 'vitest';
import {
  aContact,
  facts,
  lapse,
  place,
  placed,
  quoteFor,
  seedSlot,
  test,
  wrongCounters,
} from '../reservation-test.ts';

test('gives the last place to exactly one of twenty buyers', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });

  const buyers = Array.from({ length: 20 }, () => place(pool, quoteFor(slot)));
  const outcomes = (await Promise.all(buyers)).map(({ outcome }) => outcome);

  expect(outcomes.filter((outcome) => outcome === 'placed')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'sold_out')).toHaveLength(19);
  expect(await wrongCounters(pool)).toEqual([]);
});

// The negative control of the test above: with the guard off, it must see the race.
test('oversells as soon as the check and the take are two statements', async ({ pool }) => {
  await pool.query('alter table slots drop constraint slots_never_oversold');
  await pool.query(`
    create or replace function take_places(
      of_slot uuid, wanted integer, late boolean, traceparent text
    ) returns boolean language plpgsql as $$
    begin
      if (select capacity - taken < wanted from slots where id = of_slot) then
        return false;
      end if;
      perform pg_sleep(0.01);
      update slots set taken = taken + wanted where id = of_slot;
      return true;
    end
    $$`);

  let oversold = false;
  for (let attempt = 0; attempt < 10 && !oversold; attempt += 1) {
    const slot = await seedSlot(pool, { capacity: 1 });
    await Promise.all(Array.from({ length: 20 }, () => place(pool, quoteFor(slot))));
    const { rows } = await pool.query('select taken from slots where id = $1', [slot.id]);
    oversold = rows[0].taken > 1;
  }
  expect(oversold).toBe(true);
});

test('the database itself refuses a counter above the capacity', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });

  await expect(
    pool.query('update slots set taken = 2 where id = $1', [slot.id]),
  ).rejects.toMatchObject({ constraint: 'slots_never_oversold' });
});

test('eight requests at once with one key have one effect and one answer', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 10 });
  const key = newId();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => place(pool, quoteFor(slot), { key })),
  );

  expect(answers.filter(({ outcome }) => outcome === 'placed')).toHaveLength(1);
  expect(new Set(answers.map(({ outcome: _, ...answer }) => JSON.stringify(answer))).size).toBe(1);
  const { rows } = await pool.query('select taken from slots where id = $1', [slot.id]);
  expect(rows).toEqual([{ taken: 1 }]);
  expect((await facts(pool)).filter(({ type }) => type === 'booking.placed')).toHaveLength(1);
});

test('a key with another body is refused, and a key of another caller is another key', async ({
  pool,
}) => {
  const slot = await seedSlot(pool);
  const key = newId();
  await place(pool, quoteFor(slot), { key });

  expect(await place(pool, quoteFor(slot, 2), { key, bodyHash: 'other' })).toMatchObject({
    outcome: 'reused',
  });
});

test('a replay answers as the first time, whatever became of the booking and the slot', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const key = newId();
  const first = await place(pool, quoteFor(slot), { key });
  await pool.query(`update bookings set hold_expires_at = now() + interval '1 hour'`);
  await pool.query(`update slots set status = 'closed'`);

  expect(await place(pool, quoteFor(slot), { key })).toEqual({ ...first, outcome: 'replay' });
});

test('a refusal keeps nothing: the same key may place a booking later', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const other = await placed(pool, quoteFor(slot));
  const key = newId();
  expect(await place(pool, quoteFor(slot), { key })).toMatchObject({ outcome: 'sold_out' });

  await lapse(pool, other);

  expect(await place(pool, quoteFor(slot), { key })).toMatchObject({ outcome: 'placed' });
});

test('a sold-out answer writes nothing', async ({ pool }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  await placed(pool, quoteFor(slot));

  const client = await pool.connect();
  await client.query('begin');
  const placement = await place(client, quoteFor(slot));
  const { rows } = await client.query('select pg_current_xact_id_if_assigned() as written');
  await client.query('rollback');
  client.release();

  expect(placement).toMatchObject({ outcome: 'sold_out' });
  expect(rows).toEqual([{ written: null }]);
});

test('a taken reference keeps nothing and asks for another', async ({ pool }) => {
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  await pool.query(`update bookings set reference = 'SAME-REF7' where id = $1`, [id]);

  const { rows } = await pool.query(
    `select outcome from place_booking('test', 'k', 'h', 1, $1, 'SAME-REF7', null, null, $2,
       interval '10 minutes', interval '15 seconds', null)`,
    [newId(), quoteFor(slot)],
  );

  expect(rows).toEqual([{ outcome: 'reference_taken' }]);
  expect((await pool.query('select from booking_keys')).rowCount).toBe(1);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('every reason not to sell has its own name', async ({ pool }) => {
  const slot = await seedSlot(pool);
  const outcomeOf = async (quote = quoteFor(slot)) => (await place(pool, quote)).outcome;
  const withSlot = async (change: string, of = slot) => {
    await pool.query(`update slots set ${change} where id = $1`, [of.id]);
    return outcomeOf(quoteFor(of));
  };

  expect(await outcomeOf(quoteFor(slot, 1, { slot: newId() }))).toBe('slot_not_found');
  expect(await outcomeOf(quoteFor(slot, 1, { off: newId() }))).toBe('quote_mismatch');
  expect(await outcomeOf(quoteFor(slot, 1, { org: newId() }))).toBe('quote_mismatch');
  expect(await withSlot(`on_sale_at = now() + interval '1 day'`)).toBe('not_on_sale');
  expect(await withSlot(`status = 'closed'`)).toBe('slot_closed');
  expect(await withSlot(`status = 'cancelled'`)).toBe('slot_cancelled');
  const past = await seedSlot(pool);
  expect(await withSlot(`starts_at = now() - interval '1 minute'`, past)).toBe('slot_departed');
  const full = await seedSlot(pool, { capacity: 3 });
  expect(await outcomeOf(quoteFor(full, 4))).toBe('sold_out');
  expect((await pool.query('select from bookings')).rowCount).toBe(0);
});

test('a withdrawn offering is refused, unless the quote is of its newer publication', async ({
  pool,
}) => {
  const slot = await seedSlot(pool);
  await pool.query(`update offerings set status = 'withdrawn', version = 3`);

  expect(await place(pool, quoteFor(slot))).toMatchObject({ outcome: 'offering_withdrawn' });
  expect(await place(pool, quoteFor(slot, 1, { ver: 4 }))).toMatchObject({ outcome: 'placed' });
});

test('what is told of a placed booking and of a sold-out slot is as the contract says', async ({
  pool,
}) => {
  const slot = await seedSlot(pool, { capacity: 2 });
  const customerId = newId();
  const id = await placed(pool, quoteFor(slot, 2), { customerId });

  const told = await facts(pool);
  expect(told.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['slot.opened', 1],
    ['booking.placed', 1],
    ['slot.sold_out', 2],
  ]);
  for (const { type, data } of told) {
    expect(() => messageSchemas[type as 'booking.placed'].parse(data)).not.toThrow();
  }
  expect(told[1]?.data).toMatchObject({
    bookingId: id,
    customerId,
    contact: aContact,
    startsAt: slot.startsAt.toISOString(),
    party: { adult: 2 },
    totalCents: 5000,
  });
});
