import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { type Reservation, test } from '../reservation-server-test.ts';
import { place, quoteFor, seedSlot } from '../reservation-test.ts';

const at = (day: string) => new Date(`2031-${day}T18:00:00Z`);
const june = { from: '2031-06-01T00:00:00Z', to: '2031-07-01T00:00:00Z' };
const set = (pool: Pool, id: string, what: string) =>
  pool.query(`update slots set ${what} where id = $1`, [id]);

type Items = { slotId: string; offeringId: string; state: string; remaining: number }[];
async function asked(reservation: Reservation, path: string, query: Record<string, string> = {}) {
  const answer = await reservation.ask('GET', `${path}?${new URLSearchParams(query)}`);
  const items = (answer.body.items ?? []) as Items;
  return {
    ...answer,
    items,
    ids: items.map(({ slotId }) => slotId),
    next: answer.body.nextCursor as string | null,
  };
}

/** Two organisers: one with two offerings, one with one. */
async function season(pool: Pool) {
  const [organiserId, flute, tosca] = [newId(), newId(), newId()];
  const open = (offeringId: string, day: string, more: object = {}) =>
    seedSlot(pool, { organiserId, offeringId, startsAt: at(day), ...more });
  return {
    organiserId,
    flute,
    tosca,
    open,
    third: await open(flute, '06-20'),
    first: await open(flute, '06-10'),
    second: await open(tosca, '06-15', { capacity: 20 }),
    elsewhere: await seedSlot(pool, { startsAt: at('06-12') }),
    later: await open(tosca, '07-01'),
  };
}

test('the dates of several offerings come in the order of time', async ({ pool, reservation }) => {
  const { organiserId, flute, tosca, first, second, third, elsewhere } = await season(pool);
  const list = (query: Record<string, string>) =>
    asked(reservation, '/api/calendar', { ...june, ...query });
  await place(pool, quoteFor(second, 19));

  expect((await list({})).ids).toEqual([first.id, elsewhere.id, second.id, third.id]);
  expect((await list({ organiserId })).body).toEqual({
    items: [
      {
        offeringId: flute,
        organiserId,
        slotId: first.id,
        startsAt: '2031-06-10T18:00:00.000Z',
        endsAt: '2031-06-10T20:00:00.000Z',
        remaining: 10,
        state: 'available',
      },
      expect.objectContaining({ slotId: second.id, remaining: 1, state: 'few_left' }),
      expect.objectContaining({ slotId: third.id }),
    ],
    nextCursor: null,
  });
  expect((await list({ offeringIds: tosca })).ids).toEqual([second.id]);
  const both = `${tosca}, ${elsewhere.offeringId},${tosca}`;
  expect((await list({ offeringIds: both })).ids).toEqual([elsewhere.id, second.id]);
  expect((await list({ offeringIds: both, organiserId })).ids).toEqual([second.id]);
  expect((await list({ organiserId: newId() })).ids).toEqual([]);
});

test('what nobody can book any more, or may see, is not in it', async ({ pool, reservation }) => {
  const { organiserId, flute, first, second, third, open } = await season(pool);
  const list = async () =>
    (await asked(reservation, '/api/calendar', { ...june, organiserId })).items.map(
      ({ slotId, state }) => [slotId, state],
    );
  await set(pool, first.id, `status = 'closed'`);
  const waiting = await open(flute, '06-25', { onSaleAt: at('06-24') });
  await place(pool, quoteFor(second, 20));

  expect(await list()).toEqual([
    [second.id, 'sold_out'],
    [third.id, 'available'],
    [waiting.id, 'not_on_sale'],
  ]);
  for (const status of ['draft', 'withdrawn']) {
    await pool.query('update offerings set status = $2 where id = $1', [flute, status]);
    expect(await list()).toEqual([[second.id, 'sold_out']]);
  }
});

test('it comes in pages, each slot once, also where two start at the same time', async ({
  pool,
  reservation,
}) => {
  const { organiserId, first, second, third, open, tosca } = await season(pool);
  const twin = await open(tosca, '06-20');
  const page = (cursor: string | null) =>
    asked(reservation, '/api/calendar', {
      ...june,
      organiserId,
      limit: '1',
      ...(cursor ? { cursor } : {}),
    });

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { ids, next } = await page(cursor);
    expect(ids).toHaveLength(1);
    seen.push(...ids);
    cursor = next;
  } while (cursor);

  expect(seen).toEqual([first.id, second.id, ...[third.id, twin.id].sort()]);
});

test('without a range it is the next two months', async ({ pool, reservation }) => {
  const { organiserId } = await season(pool);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const soon = await seedSlot(pool, { organiserId, startsAt: inDays(61) });
  await seedSlot(pool, { organiserId, startsAt: inDays(63) });
  const gone = await seedSlot(pool, { organiserId });
  await set(pool, gone.id, `starts_at = now() - interval '1 hour'`);

  expect((await asked(reservation, '/api/calendar', { organiserId })).ids).toEqual([soon.id]);
  const from = inDays(-2).toISOString();
  expect((await asked(reservation, '/api/calendar', { organiserId, from })).ids).toEqual([]);
});

test('what a calendar cannot be asked for is refused', async ({ reservation }) => {
  const wrong: Record<string, string>[] = [
    { from: june.from, to: '2031-08-02T00:00:01Z' },
    { to: '2031-08-02T00:00:00Z' },
    { from: june.to, to: june.from },
    { from: june.from, to: june.from },
    { from: 'tomorrow' },
    { offeringIds: 'rubbish' },
    { offeringIds: '' },
    { offeringIds: Array.from({ length: 101 }, newId).join() },
    { ...june, limit: '501' },
    { ...june, cursor: 'rubbish' },
    { ...june, place: 'Paris' },
  ];
  for (const query of wrong) {
    const { status, body } = await asked(reservation, '/api/calendar', query);
    expect([status, body.code], JSON.stringify(query)).toEqual([400, 'invalid_request']);
  }
  const { body } = await asked(reservation, '/api/calendar', wrong[0]);
  expect(body.errors[0]).toMatchObject({ path: 'to', message: expect.stringContaining('62 days') });
});

test('the next date of an offering is the next that can be booked', async ({
  pool,
  reservation,
}) => {
  const { flute, tosca, first, second, third, later, elsewhere, open } = await season(pool);
  const next = async (...ids: string[]) =>
    (await asked(reservation, '/api/next-dates', { offeringIds: ids.join() })).items;
  const [withdrawn, none] = [await seedSlot(pool), newId()];
  await pool.query(`update offerings set status = 'withdrawn' where id = $1`, [
    withdrawn.offeringId,
  ]);

  expect(await next(tosca, none, flute, withdrawn.offeringId, elsewhere.offeringId)).toEqual([
    {
      offeringId: tosca,
      slotId: second.id,
      startsAt: '2031-06-15T18:00:00.000Z',
      state: 'available',
    },
    expect.objectContaining({ offeringId: flute, slotId: first.id }),
    expect.objectContaining({ slotId: elsewhere.id }),
  ]);

  await place(pool, quoteFor(first, 10));
  expect(await next(flute)).toMatchObject([{ slotId: third.id, state: 'available' }]);
  await set(pool, third.id, `on_sale_at = '2031-06-01'`);
  expect(await next(flute)).toMatchObject([{ slotId: first.id, state: 'sold_out' }]);
  await open(flute, '06-05', { onSaleAt: at('06-04') });
  expect(await next(flute)).toMatchObject([{ state: 'not_on_sale' }]);

  await set(pool, second.id, `status = 'closed'`);
  expect(await next(tosca)).toMatchObject([{ slotId: later.id }]);
  await pool.query(`update slots set starts_at = now() - interval '1 hour'`);
  expect(await next(flute, tosca)).toEqual([]);
});

test('the next dates of nothing, of rubbish and of too many are not to be had', async ({
  reservation,
}) => {
  for (const offeringIds of ['', 'rubbish', Array.from({ length: 101 }, newId).join()]) {
    expect(await asked(reservation, '/api/next-dates', { offeringIds })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  }
  expect((await asked(reservation, '/api/next-dates')).status).toBe(400);
});
