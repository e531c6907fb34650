import { expect } from 'vitest';
import {
  outcomes,
  place,
  placeAll,
  placingOf,
  quoteFor,
  wrongCounters,
} from '../reservation-test.ts';
import { slotStore } from '../slots/slot-store.ts';
import {
  counters,
  factTypes,
  giveBack,
  holders,
  offering,
  person,
  test,
} from './waiting-list-test.ts';

test('places that come back are kept for who waits, and strangers find none', async ({
  pool,
  soldOut,
}) => {
  const { slot, sold } = await soldOut({ bookings: [2], waiting: ['ada'] });
  await giveBack(pool, sold);

  expect(await counters(pool, slot)).toEqual({ taken: 2, kept: 2, waiting: 1 });
  const strangers = await placeAll(pool, [placingOf(quoteFor(slot)), placingOf(quoteFor(slot))]);
  expect([...outcomes(strangers), (await place(pool, quoteFor(slot))).outcome]).toEqual([
    'sold_out',
    'sold_out',
    'sold_out',
  ]);
  // Told when it was made, and not again.
  expect((await factTypes(pool)).filter((type) => type === 'slot.opened')).toHaveLength(1);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('cancelling, buying, joining and offering at once oversell nothing and lose no place', async ({
  pool,
  soldOut,
}) => {
  const { slot, sold, join } = await soldOut({ bookings: Array.from({ length: 12 }, () => 1) });
  const { offer } = offering(pool, slot);
  await join('first', 2);

  await Promise.all([
    ...sold.slice(0, 6).map((id) => giveBack(pool, [id])),
    ...['second', 'third'].map((name) => join(name)),
    ...Array.from({ length: 6 }, () =>
      place(pool, quoteFor(slot), { contact: person('stranger') }),
    ),
    ...Array.from({ length: 6 }, () => offer()),
  ]);
  for (let round = 0; round < 3; round += 1) await offer();

  // What nobody who waited had use for was anybody's, so strangers may have some of it.
  expect(await holders(pool, slot)).toContain('first 2');
  const { taken, kept, waiting } = await counters(pool, slot);
  expect(kept).toBe(0);
  expect(waiting === 0 || taken === slot.capacity).toBe(true);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a capacity that grows is for who waits first', async ({ pool, reservation, soldOut }) => {
  const { slot } = await soldOut({ waiting: ['ada'] });
  const token = await reservation.staff(slot.organiserId);
  const grow = (capacity: number) =>
    reservation.ask('PATCH', `/api/slots/${slot.id}`, { token, json: { capacity } });

  expect((await grow(3)).status).toBe(200);
  expect(await counters(pool, slot)).toEqual({ taken: 3, kept: 2, waiting: 1 });
  expect((await factTypes(pool)).filter((type) => type === 'slot.opened')).toHaveLength(1);
  await offering(pool, slot).offer();

  expect(await counters(pool, slot)).toEqual({ taken: 2, kept: 0, waiting: 0 });
  expect((await factTypes(pool)).filter((type) => type === 'slot.opened')).toHaveLength(2);
});

test('with nobody left who waits, what was kept is sold again', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, sold, entryOf } = await soldOut({ waiting: ['ada'] });
  const ada = entryOf('ada');
  await giveBack(pool, sold);
  await reservation.ask('DELETE', `/api/waiting-list/${ada.id}`, ada);

  await offering(pool, slot).offer();

  expect(await counters(pool, slot)).toEqual({ taken: 0, kept: 0, waiting: 0 });
  expect((await place(pool, quoteFor(slot))).outcome).toBe('placed');
});

test('a closed slot offers nothing until it is open again', async ({ pool, soldOut }) => {
  const { slot, sold } = await soldOut({ waiting: ['ada'] });
  await giveBack(pool, sold);
  const { offer } = offering(pool, slot);
  await slotStore(pool).change(slot.id, { status: 'closed' });

  await offer();
  const closed = await holders(pool, slot);
  await slotStore(pool).change(slot.id, { status: 'open' });
  await offer();

  expect(closed).toEqual([]);
  expect(await holders(pool, slot)).toEqual(['ada 1']);
});
