import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import {
  outcomes,
  place,
  placeAll,
  placed,
  placingOf,
  quoteFor,
  seedSlot,
  wrongCounters,
} from '../reservation-test.ts';
import { slotStore } from '../slots/slot-store.ts';
import {
  counters,
  factTypes,
  giveBack,
  holders,
  joining,
  offering,
  person,
} from './waiting-list-test.ts';

test('places that come back are kept for who waits, and strangers find none', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 2 });
  const sold = await placed(pool, quoteFor(slot, 2));
  await (await joining(reservation, slot))('ada');
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
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 12 });
  const sold: string[] = [];
  for (let one = 0; one < 12; one += 1) sold.push(await placed(pool, quoteFor(slot)));
  const join = await joining(reservation, slot);
  const { offer } = offering(pool, slot);
  await join('first', 2);

  await Promise.all([
    ...sold.slice(0, 6).map((id) => giveBack(pool, id)),
    ...['second', 'third'].map((name) => join(name)),
    ...Array.from({ length: 6 }, () =>
      place(pool, quoteFor(slot), { contact: person('stranger') }),
    ),
    ...Array.from({ length: 6 }, () => offer()),
  ]);
  for (let round = 0; round < 3; round += 1) await offer();

  const who = await holders(pool, slot);
  expect(who).toContain('first 2');
  expect(who).not.toContain('stranger 1');
  expect((await counters(pool, slot)).kept).toBe(0);
  expect(await wrongCounters(pool)).toEqual([]);
});

test('a capacity that grows is for who waits first', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  await placed(pool, quoteFor(slot));
  await (await joining(reservation, slot))('ada');
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

test('with nobody left who waits, what was kept is sold again', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const sold = await placed(pool, quoteFor(slot));
  const ada = (await (await joining(reservation, slot))('ada')).body;
  await giveBack(pool, sold);
  await reservation.ask('DELETE', `/api/waiting-list/${ada.id}`, ada);

  await offering(pool, slot).offer();

  expect(await counters(pool, slot)).toEqual({ taken: 0, kept: 0, waiting: 0 });
  expect((await place(pool, quoteFor(slot))).outcome).toBe('placed');
});

test('a closed slot offers nothing until it is open again', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 1 });
  const sold = await placed(pool, quoteFor(slot));
  await (await joining(reservation, slot))('ada');
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
