import { newId } from '@guichet/contracts/ids';
import { placingPace, slotSales } from '@guichet/contracts/internal-sales';
import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { lapse, place, placed, quoteFor, seedSlot } from '../reservation-test.ts';

const hour = 3_600_000;
const from = (ms: number) => new Date(Date.now() + ms);

test('the pace of an offering is what its open slots have, together', async ({
  pool,
  reservation,
}) => {
  const one = await seedSlot(pool, { capacity: 10 });
  const { offeringId, organiserId } = one;
  const two = await seedSlot(pool, { capacity: 20, offeringId, organiserId });
  const closed = await seedSlot(pool, { capacity: 40, offeringId, organiserId });
  const past = await seedSlot(pool, { capacity: 80, offeringId, organiserId });
  await place(pool, quoteFor(closed, 1));
  await place(pool, quoteFor(past, 1));
  await pool.query(`update slots set status = 'closed' where id = $1`, [closed.id]);
  await pool.query(`update slots set starts_at = now() - interval '1 minute' where id = $1`, [
    past.id,
  ]);
  // Of somebody else.
  await place(pool, quoteFor(await seedSlot(pool), 3));
  await place(pool, quoteFor(one, 2));
  const paid = await placed(pool, quoteFor(two, 3));
  await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [paid]);
  const expired = await placed(pool, quoteFor(two, 4));
  await lapse(pool, expired);
  await pool.query(`select free_lapsed_holds('15 seconds', 10)`);

  const { body } = await reservation.ask('GET', `/internal/offerings/${offeringId}/pace`, {
    token: await reservation.service(),
  });

  expect(placingPace.responses[200].parse(body)).toEqual({
    placesLeft: 25,
    capacity: 30,
    held: 2,
    bookings: 2,
    onSaleAt: null,
    queueAgeMs: 0,
  });
});

test('an offering is on sale from its first slot on', async ({ pool, reservation }) => {
  const [soon, later] = [from(hour), from(2 * hour)];
  const { offeringId, organiserId } = await seedSlot(pool, { onSaleAt: later });
  await seedSlot(pool, { onSaleAt: soon, offeringId, organiserId });
  const token = await reservation.service();
  const ask = async (id: string) =>
    (await reservation.ask('GET', `/internal/offerings/${id}/pace`, { token })).body;

  expect((await ask(offeringId)).onSaleAt).toBe(soon.toISOString());
  await seedSlot(pool, { offeringId, organiserId });
  expect((await ask(offeringId)).onSaleAt).toBeNull();
});

test('an offering without a slot has nothing left, and one that is not known is none', async ({
  pool,
  reservation,
}) => {
  const { offeringId, id } = await seedSlot(pool);
  await pool.query('delete from slots where id = $1', [id]);
  const token = await reservation.service();
  const ask = (of: string) => reservation.ask('GET', `/internal/offerings/${of}/pace`, { token });

  expect((await ask(offeringId)).body).toMatchObject({ placesLeft: 0, capacity: 0, bookings: 0 });
  expect(await ask(newId())).toMatchObject({
    status: 404,
    body: { code: 'offering_not_found' },
  });
});

test('the sales of a day are told by offering and time, and for an hour afterwards', async ({
  pool,
  reservation,
}) => {
  const [at, past] = [from(hour), from(-hour / 2)];
  const one = await seedSlot(pool, { capacity: 10, onSaleAt: at });
  const { offeringId, organiserId } = one;
  await seedSlot(pool, { capacity: 5, onSaleAt: at, offeringId, organiserId });
  const gone = await seedSlot(pool, { capacity: 7, onSaleAt: past });
  await seedSlot(pool, { onSaleAt: from(25 * hour) });
  await seedSlot(pool, { onSaleAt: from(-2 * hour) });
  await seedSlot(pool);

  const { body } = await reservation.ask('GET', '/internal/slot-sales', {
    token: await reservation.service(),
  });

  expect(slotSales.responses[200].parse(body).sales).toEqual([
    {
      offeringId: gone.offeringId,
      organiserId: gone.organiserId,
      saleAt: past.toISOString(),
      capacity: 7,
    },
    { offeringId, organiserId, saleAt: at.toISOString(), capacity: 15 },
  ]);
});

test('nobody but a service asks', async ({ reservation }) => {
  const paths = [`/internal/offerings/${newId()}/pace`, '/internal/slot-sales'];
  for (const path of paths) {
    expect((await reservation.ask('GET', path)).status).toBe(401);
    expect(
      (await reservation.ask('GET', path, { token: await reservation.customer() })).status,
    ).toBe(403);
  }
});
