import { newId } from '@guichet/contracts/ids';
import { describe, expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { place, quoteFor, seedSlot } from '../reservation-test.ts';
import { refusal } from './slot-routes-test.ts';

test('availability says what may be bought, in a range', async ({ pool, reservation }) => {
  const offeringId = newId();
  const organiserId = newId();
  const at = (day: number) => new Date(`2031-06-${String(day).padStart(2, '0')}T18:00:00Z`);
  const seed = (day: number, capacity = 10, onSaleAt: Date | null = null) =>
    seedSlot(pool, { offeringId, organiserId, startsAt: at(day), capacity, onSaleAt });
  await seed(1);
  const few = await seed(2, 20);
  await place(pool, quoteFor(few, 18));
  await place(pool, quoteFor(await seed(3, 4), 4));
  await seed(4, 10, at(3));
  const closed = await seed(5);
  await pool.query(`update slots set status = 'closed' where id = $1`, [closed.id]);
  const past = await seed(6);
  await pool.query(`update slots set starts_at = now() - interval '1 hour' where id = $1`, [
    past.id,
  ]);
  const list = async (range = '') => {
    const path = `/api/availability?offeringId=${offeringId}${range}`;
    const { body } = await reservation.ask('GET', path);
    return body.items.map(({ state, remaining }: Record<string, unknown>) => [state, remaining]);
  };

  expect(await list()).toEqual([
    ['available', 10],
    ['few_left', 2],
    ['sold_out', 0],
    ['not_on_sale', 10],
    ['closed', 0],
  ]);
  expect(await list('&from=2031-06-02T18:00:00Z&to=2031-06-03T18:00:00Z')).toEqual([
    ['few_left', 2],
  ]);
  expect((await list('&from=2020-01-01T00:00:00Z')).at(0)).toEqual(['closed', 0]);

  await pool.query(`update offerings set status = 'withdrawn', version = 9`);
  expect((await list()).map(([state]: string[]) => state)).toEqual(Array(5).fill('closed'));
});

test('while the database cannot answer, buyers are told to come back', async ({
  pool,
  reservation,
}) => {
  const { offeringId } = await seedSlot(pool);
  const path = `/api/availability?offeringId=${offeringId}`;
  const locking = await pool.connect();
  await locking.query('begin; lock table slots in access exclusive mode');

  const answer = await reservation.ask('GET', path);
  await locking.query('rollback');
  locking.release();

  expect(refusal(answer)).toBe('503 service_unavailable');
  expect(answer.headers.get('retry-after')).toBe('2');
});

test('a crowd that asks together is answered alike, and who has booked sees that a place is gone', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const path = `/api/availability?offeringId=${slot.offeringId}`;
  const remaining = ({ body }: { body: { items: { remaining: number }[] } }) =>
    body.items.map((one) => one.remaining);

  const crowd = await Promise.all(Array.from({ length: 20 }, () => reservation.ask('GET', path)));
  const [before] = crowd;
  await place(pool, quoteFor(slot, 2));
  const after = await reservation.ask('GET', path);

  expect(new Set(crowd.map(({ text }) => text)).size).toBe(1);
  expect(before && remaining(before)).toEqual([5]);
  expect(remaining(after)).toEqual([3]);
  expect(after.headers.get('etag')).not.toBe(before?.headers.get('etag'));
});

test('whoever has seen it already is told that nothing has changed, in no bytes', async ({
  pool,
  reservation,
}) => {
  const { offeringId } = await seedSlot(pool);
  const url = `${reservation.url}/api/availability?offeringId=${offeringId}`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';

  const again = await fetch(url, { headers: { 'if-none-match': etag } });

  expect(again.status).toBe(304);
  expect(again.headers.get('etag')).toBe(etag);
  expect(await again.text()).toBe('');
});

describe('where answers are given again for a while', () => {
  test('it is not to whoever may have booked, nor to who asks for the newest', async ({
    pool,
    reservation,
  }) => {
    reservation.live.availabilityKeptMs = 60_000;
    const slot = await seedSlot(pool, { capacity: 5 });
    const url = `${reservation.url}/api/availability?offeringId=${slot.offeringId}`;
    const left = async (headers: Record<string, string> = {}) => {
      const { items } = (await (await fetch(url, { headers })).json()) as {
        items: { remaining: number }[];
      };
      return items.map(({ remaining }) => remaining);
    };
    expect(await left()).toEqual([5]);
    await place(pool, quoteFor(slot, 2));

    expect(await left()).toEqual([5]);
    expect(await left({ 'x-manage-token': 'a-guest' })).toEqual([3]);
    expect(await left({ 'x-manage-token': 'a-guest' })).toEqual([3]);
    await place(pool, quoteFor(slot, 1));
    expect(await left({ 'cache-control': 'no-cache' })).toEqual([2]);
    await place(pool, quoteFor(slot, 1));
    expect(await left({ authorization: `Bearer ${await reservation.customer()}` })).toEqual([1]);
    // What they were told is the newest that anybody has.
    expect(await left()).toEqual([1]);
  });
});
