import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import { expect } from 'vitest';
import { type Ask, test } from '../reservation-server-test.ts';
import { aContact, lapse, quoteFor, seedSlot, statusOf } from '../reservation-test.ts';
import { book } from './booking-routes-test.ts';

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
