import { Refusal } from '@guichet/contracts/refusal';
import { expect } from 'vitest';
import { facts, wrongCounters } from '../reservation-test.ts';
import type { Slot } from '../slots/slot.ts';
import {
  counters,
  factTypes,
  giveBack,
  holders,
  offering,
  pricing,
  test,
} from './waiting-list-test.ts';

test('whoever has waited longest is offered them, held for hours and told of; the rest goes back on sale', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, sold, join } = await soldOut({ bookings: [3] });
  const { id, manageToken } = (await join('ada', 2)).body;
  await giveBack(pool, sold);
  const { offer, metrics } = offering(pool, slot);

  await offer();

  expect(await holders(pool, slot)).toEqual(['ada 2']);
  expect(await counters(pool, slot)).toEqual({ taken: 2, kept: 0, waiting: 0 });
  const entry = (await reservation.ask('GET', `/api/waiting-list/${id}`, { manageToken })).body;
  expect(entry).toMatchObject({ status: 'offered', ahead: 0 });
  const told = (await facts(pool)).find(({ type }) => type === 'booking.offered');
  expect(told?.data).toMatchObject({ status: 'PENDING', places: 2, slotId: slot.id });
  const hours = (Date.parse(String(told?.data.holdExpiresAt)) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(1.9);
  const opens = await reservation.ask('GET', `/api/bookings/${told?.data.bookingId}`, {
    manageToken: String(told?.data.manageToken),
  });
  expect(opens.body).toMatchObject({ status: 'PENDING', contact: { email: 'ada@example.org' } });
  expect((await factTypes(pool)).filter((type) => type === 'slot.opened')).toHaveLength(2);
  expect(await wrongCounters(pool)).toEqual([]);
  const counted = await metrics.registry
    .getSingleMetric('guichet_waiting_list_outcomes_total')
    ?.get();
  expect(counted?.values.map(({ labels, value }) => [labels.outcome, value])).toEqual([
    ['offered', 1],
    ['given_back', 1],
  ]);
});

test('the order is that of coming, and who wants fewer is served where the first wants too many', async ({
  pool,
  soldOut,
}) => {
  const { slot, sold, join } = await soldOut({ bookings: [1, 3] });
  await join('many', 3);
  await join('ben', 1);
  await join('cy', 1);
  const { offer } = offering(pool, slot);

  await giveBack(pool, sold.slice(0, 1));
  await offer();
  const first = await holders(pool, slot);
  await giveBack(pool, sold.slice(1));
  await offer();

  expect(first.filter((who) => !who.startsWith('ada'))).toEqual(['ben 1']);
  expect(await holders(pool, slot)).toEqual(['ben 1', 'many 3']);
  expect(await counters(pool, slot)).toEqual({ taken: 4, kept: 0, waiting: 1 });
});

test('what nobody takes in time is offered to the next, and whoever let it go may wait again', async ({
  pool,
  reservation,
  soldOut,
}) => {
  const { slot, sold, join, entryOf } = await soldOut({ waiting: ['ada', 'ben'] });
  const ada = entryOf('ada');
  const { offer } = offering(pool, slot);
  await giveBack(pool, sold);
  await offer();
  const { rows } = await pool.query(`select id from bookings where status = 'PENDING'`);

  await giveBack(pool, [rows[0].id]);
  await offer();

  expect(await holders(pool, slot)).toEqual(['ben 1']);
  const seen = await reservation.ask('GET', `/api/waiting-list/${ada.id}`, ada);
  expect(seen.body.status).toBe('lapsed');
  const left = await reservation.ask('DELETE', `/api/waiting-list/${ada.id}`, ada);
  expect(`${left.status} ${left.body.code}`).toBe('409 places_offered');
  expect((await join('ada')).status).toBe(201);
});

test('one entry is one booking, whoever offers and however many do', async ({ pool, soldOut }) => {
  const { slot, sold } = await soldOut({ bookings: [3], waiting: ['a', 'b', 'c'] });
  await giveBack(pool, sold);
  const { offer } = offering(pool, slot);

  for (let round = 0; round < 3; round += 1) {
    await Promise.all(Array.from({ length: 8 }, () => offer()));
  }

  expect((await holders(pool, slot)).sort()).toEqual(['a 1', 'b 1', 'c 1']);
  expect(await counters(pool, slot)).toEqual({ taken: 3, kept: 0, waiting: 0 });
  expect(await wrongCounters(pool)).toEqual([]);
});

test('an offer ends before the slot begins', async ({ pool, soldOut }) => {
  const startsAt = new Date(Date.now() + 1_800_000);
  const { slot, sold } = await soldOut({ startsAt, waiting: ['ada'] });
  await giveBack(pool, sold);

  await offering(pool, slot).offer();

  const { rows } = await pool.query(
    `select hold_expires_at as at from bookings where status = 'PENDING'`,
  );
  expect(rows[0].at.getTime()).toBeLessThanOrEqual(startsAt.getTime() + 1_000);
});

test('who waits for what is no longer sold keeps nobody else waiting; a catalogue that is away keeps the place', async ({
  pool,
  soldOut,
}) => {
  const { slot, sold } = await soldOut({ waiting: ['ada', 'ben'] });
  await giveBack(pool, sold);
  const away = offering(pool, slot, {
    askQuote: async () => {
      throw new Refusal('catalog_unavailable', 'It does not answer.');
    },
  });
  await away.offer();
  expect(await counters(pool, slot)).toEqual({ taken: 1, kept: 1, waiting: 2 });

  let asked = 0;
  const refusing = offering(pool, slot, {
    askQuote: async (entry) => {
      asked += 1;
      if (asked === 1) throw new Refusal('fare_unknown', 'There is no such fare.');
      return pricing(slot)(entry);
    },
  });
  await refusing.offer();

  expect(await holders(pool, slot)).toEqual(['ben 1']);
  expect(await counters(pool, slot)).toEqual({ taken: 1, kept: 0, waiting: 0 });
});

test('a slot whose places cannot be offered keeps no other’s people waiting', async ({
  pool,
  soldOut,
}) => {
  const both = [await soldOut({ waiting: ['ada'] }), await soldOut({ waiting: ['ada'] })] as const;
  for (const { sold } of both) await giveBack(pool, sold);
  const [broken, good] = both.map(({ slot }) => slot) as [Slot, Slot];
  const { offer } = offering(pool, good, {
    askQuote: async (entry) => {
      if (entry.slotId === broken.id) throw new Error('Nobody foresaw this.');
      return pricing(good)(entry);
    },
  });

  await offer();

  expect(await holders(pool, good)).toEqual(['ada 1']);
  expect(await counters(pool, broken)).toEqual({ taken: 1, kept: 1, waiting: 1 });
});
