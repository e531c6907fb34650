import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { type Ask, type Reservation, test } from '../reservation-server-test.ts';
import { aContact, lapse, quoteFor, seedSlot, statusOf } from '../reservation-test.ts';

const book = async (reservation: Reservation, claims: QuoteClaims, ask: Ask = {}) =>
  reservation.ask('POST', '/api/bookings', {
    key: newId(),
    json: { quote: await reservation.quote(claims), contact: aContact },
    ...ask,
  });
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

test('every refusal to place has its status and changes nothing', async ({ pool, reservation }) => {
  const slot = await seedSlot(pool, { capacity: 2 });
  const refusalOf = async (claims: QuoteClaims) => {
    const { status, body, headers } = await book(reservation, claims);
    expect(headers.get('content-type')).toContain('application/problem+json');
    return `${status} ${body.code}`;
  };
  const after = async (change: string, claims = quoteFor(slot)) => {
    await pool.query(change);
    return refusalOf(claims);
  };

  expect(await refusalOf(quoteFor(slot, 3))).toBe('409 sold_out');
  expect(await refusalOf(quoteFor(slot, 1, { slot: newId() }))).toBe('404 slot_not_found');
  expect(await refusalOf(quoteFor(slot, 1, { off: newId() }))).toBe('422 quote_mismatch');
  expect(await refusalOf(quoteFor(slot, 1, { org: newId() }))).toBe('422 quote_mismatch');
  expect(await refusalOf(quoteFor(slot, 1, { exp: 1_000_000_000 }))).toBe('409 quote_expired');
  expect(await after(`update slots set on_sale_at = now() + interval '1 day'`)).toBe(
    '409 not_on_sale',
  );
  expect(await after(`update slots set status = 'closed'`)).toBe('409 slot_closed');
  expect(await after(`update slots set status = 'cancelled'`)).toBe('409 slot_cancelled');
  expect(await after(`update slots set status = 'open', starts_at = now()`)).toBe(
    '409 slot_departed',
  );
  expect(await after(`update offerings set status = 'withdrawn', version = 9`)).toBe(
    '409 offering_withdrawn',
  );
  expect((await pool.query('select from bookings')).rowCount).toBe(0);
});

test('a quote that is forged or altered, and a body that is wrong, are refused', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const quote = await reservation.quote(quoteFor(slot));
  const refusalOf = async (ask: Ask) => {
    const { status, body } = await reservation.ask('POST', '/api/bookings', {
      key: newId(),
      ...ask,
    });
    return `${status} ${body.code}`;
  };
  const raw = (text: string) => ({ raw: { type: 'application/json', text } });

  expect(await refusalOf({ json: { quote: `${quote.slice(0, -8)}AAAAAAAA` } })).toBe(
    '422 quote_invalid',
  );
  expect(await refusalOf({ json: { quote: await reservation.customer() } })).toBe(
    '422 quote_invalid',
  );
  expect(await refusalOf(raw('{"quote":'))).toBe('400 malformed_json');
  expect(await refusalOf({ json: { quote, price: 1 } })).toBe('400 invalid_request');
  expect(await refusalOf({ json: { quote: 7 } })).toBe('400 invalid_request');
  expect(await refusalOf({ json: { quote, contact: { ...aContact, email: 'no' } } })).toBe(
    '400 invalid_request',
  );
  expect(await refusalOf(raw(JSON.stringify({ quote: 'x'.repeat(70_000) })))).toBe(
    '413 body_too_large',
  );
  expect(await refusalOf({ key: 'short', json: { quote } })).toBe('400 invalid_idempotency_key');
  const past = Math.floor(Date.now() / 1000) - 60;
  const wrong = [{ exp: past }, { aud: 'another' }, { iss: 'http://other.test' }];
  for (const claims of wrong) {
    const token = await reservation.token({ sub: newId(), kind: 'customer', ...claims });
    expect(await refusalOf({ token, json: { quote } })).toBe('401 invalid_token');
  }
});

test('what cannot be done to a booking any more is refused by name', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool);
  const place = async () => {
    const { body } = await book(reservation, quoteFor(slot));
    const answer = async (method: string, act: string, json?: unknown) => {
      const { status, body: problem } = await reservation.ask(
        method,
        `/api/bookings/${body.id}${act}`,
        { manageToken: body.manageToken, ...(json ? { json } : {}) },
      );
      return `${status} ${problem.code}`;
    };
    return { id: body.id as string, answer };
  };

  const gone = await place();
  await lapse(pool, gone.id);
  expect(await gone.answer('POST', '/extend')).toBe('409 hold_expired');
  await pool.query(`select free_lapsed_holds(interval '0', 10)`);
  expect(await statusOf(pool, gone.id)).toBe('EXPIRED');
  expect(await gone.answer('POST', '/extend')).toBe('409 booking_not_pending');
  expect(await gone.answer('POST', '/cancel')).toBe('409 booking_ended');
  expect(await gone.answer('GET', '/cancellation')).toBe('409 booking_ended');
  expect(await gone.answer('PATCH', '', { contact: aContact })).toBe('409 booking_ended');
  expect(await gone.answer('GET', '/pass')).toBe('409 booking_not_confirmed');

  const held = await place();
  await held.answer('POST', '/extend');
  expect(await held.answer('POST', '/extend')).toBe('409 already_extended');
  await pool.query('update bookings set payment_began_at = now() where id = $1', [held.id]);
  reservation.outside.closePayment = async () => 'processing';
  expect(await held.answer('POST', '/cancel')).toBe('409 payment_in_progress');
  await pool.query('update slots set starts_at = now()');
  expect(await held.answer('GET', '/cancellation')).toBe('409 slot_departed');
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
