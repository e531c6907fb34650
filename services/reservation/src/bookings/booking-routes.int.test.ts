import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { aContact, quoteFor, seedSlot } from '../reservation-test.ts';
import { book } from './booking-routes-test.ts';

const confirm = (pool: Pool, id: string) =>
  pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [id]);

test('a guest books with a quote and manages the booking with its token', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const { status, body, headers } = await book(reservation, quoteFor(slot, 2));

  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`/api/bookings/${body.id}`);
  expect(headers.get('idempotent-replayed')).toBeNull();
  expect(body).toEqual({
    id: expect.any(String),
    reference: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
    status: 'PENDING',
    holdExpiresAt: expect.any(String),
    totalCents: 5000,
    currency: 'EUR',
    manageToken: expect.any(String),
  });
  const path = `/api/bookings/${body.id}`;
  const guest = { manageToken: body.manageToken };

  const shown = await reservation.ask('GET', path, guest);
  expect(shown).toMatchObject({
    status: 200,
    body: { id: body.id, places: 2, party: { adult: 2 }, contact: aContact, extended: false },
  });
  const contact = { ...aContact, lastName: 'Byron' };
  const changed = await reservation.ask('PATCH', path, { ...guest, json: { contact } });
  expect(changed).toMatchObject({ status: 200, body: { contact, version: 2 } });
  const extended = await reservation.ask('POST', `${path}/extend`, guest);
  expect(extended).toMatchObject({ status: 200, body: { extended: true } });
  expect(await reservation.ask('GET', `${path}/cancellation`, guest)).toMatchObject({
    status: 200,
    body: { refundCents: 0, keptCents: 0, currency: 'EUR' },
  });
  const cancelled = await reservation.ask('POST', `${path}/cancel`, guest);
  expect(cancelled).toMatchObject({
    status: 200,
    body: { status: 'CANCELLED', holdExpiresAt: null },
  });
});

test('how long places are held, and what counts as few, is as it is said now', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 10 });
  const heldMs = async () =>
    Date.parse((await book(reservation, quoteFor(slot))).body.holdExpiresAt) - Date.now();
  const state = async () => {
    const path = `/api/availability?offeringId=${slot.offeringId}`;
    return (await reservation.ask('GET', path)).body.items[0].state;
  };
  expect(await heldMs()).toBeLessThan(601_000);
  expect(await state()).toBe('available');

  reservation.live.holdMs = 1_200_000;
  reservation.live.fewLeftPercent = 100;

  expect(await heldMs()).toBeGreaterThan(1_100_000);
  expect(await state()).toBe('few_left');
});

test('the same key and body answer the same bytes, another body is refused, none is asked for', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const key = newId();
  const quote = await reservation.quote(quoteFor(slot));
  const post = (json: unknown) => reservation.ask('POST', '/api/bookings', { key, json });

  const first = await post({ quote });
  await confirm(pool, first.body.id);
  const second = await post({ quote });

  expect(second.text).toBe(first.text);
  expect(second.status).toBe(201);
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect(await post({ quote, contact: aContact })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  expect(await reservation.ask('POST', '/api/bookings', { json: { quote } })).toMatchObject({
    status: 400,
    body: { code: 'idempotency_key_required' },
  });
});

test('eight requests at once with one key have one effect', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const json = { quote: await reservation.quote(quoteFor(slot)) };
  const key = newId();

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => reservation.ask('POST', '/api/bookings', { key, json })),
  );

  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  const { rows } = await pool.query('select taken from slots');
  expect(rows).toEqual([{ taken: 1 }]);
});

test('a repetition after the quote expired still answers what was placed', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const exp = Math.floor(Date.now() / 1000) + 600;
  const json = { quote: await reservation.quote(quoteFor(slot, 1, { exp })) };
  const key = newId();
  const first = await reservation.ask('POST', '/api/bookings', { key, json });
  reservation.clock.aheadMs = 601_000;

  expect((await reservation.ask('POST', '/api/bookings', { key, json })).text).toBe(first.text);
  expect(await reservation.ask('POST', '/api/bookings', { key: newId(), json })).toMatchObject({
    status: 409,
    body: { code: 'quote_expired' },
  });
});

test('cancelling says beforehand what it gives back', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { startsAt: new Date(Date.now() + 30 * 3_600_000) });
  const { body } = await book(reservation, quoteFor(slot));
  await confirm(pool, body.id);

  expect(
    await reservation.ask('GET', `/api/bookings/${body.id}/cancellation`, {
      manageToken: body.manageToken,
    }),
  ).toMatchObject({
    body: { refundCents: 1250, keptCents: 1250, percent: 50, currency: 'EUR' },
  });
});

test('payment begins paying and asks who may see, as a service alone', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const { body } = await book(reservation, quoteFor(slot));
  const begin = `/internal/bookings/${body.id}/begin-payment`;
  const access = `/internal/bookings/${body.id}/access`;
  const claimant = { manageToken: body.manageToken };
  const token = await reservation.service();

  expect(await reservation.ask('POST', begin, { token, json: { claimant } })).toMatchObject({
    status: 200,
    body: {
      bookingId: body.id,
      organiserId: slot.organiserId,
      reference: body.reference,
      customerId: null,
      contactEmail: aContact.email,
      amountCents: 2500,
      currency: 'EUR',
    },
  });
  expect(await reservation.ask('POST', access, { token, json: { claimant } })).toMatchObject({
    status: 204,
  });
  const stranger = { claimant: { manageToken: 'AQ', customerId: newId(), organiserId: newId() } };
  for (const path of [begin, access]) {
    expect(await reservation.ask('POST', path, { token, json: stranger })).toMatchObject({
      status: 404,
      body: { code: 'booking_not_found' },
    });
    const customer = await reservation.customer();
    expect(
      await reservation.ask('POST', path, { token: customer, json: { claimant } }),
    ).toMatchObject({ status: 403 });
    expect(await reservation.ask('POST', path, { json: { claimant } })).toMatchObject({
      status: 401,
    });
  }
});
