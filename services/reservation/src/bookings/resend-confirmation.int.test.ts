import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { type Reservation, test } from '../reservation-server-test.ts';
import { aContact, facts, manageTokens, placed, quoteFor, seedSlot } from '../reservation-test.ts';

/** A booking with its pass, in a status, and what its owner hears on asking for the e-mail again. */
async function booked(reservation: Reservation, pool: Pool, status = 'CONFIRMED') {
  const id = await placed(pool, quoteFor(await seedSlot(pool)));
  if (status !== 'PENDING') {
    await pool.query(`update bookings set status = 'CONFIRMED' where id = $1`, [id]);
    await pool.query(`insert into passes (id, booking_id, code) values ($1, $2, 'THE PASS')`, [
      newId(),
      id,
    ]);
  }
  for (const next of status === 'COMPLETED' ? ['EMBARKED', 'COMPLETED'] : [status]) {
    await pool.query('update bookings set status = $2 where id = $1', [id, next]);
  }
  const asked = async () =>
    (await facts(pool, id)).filter(({ type }) => type === 'booking.confirmation_asked');
  return {
    id,
    asked,
    resend: (key?: string) =>
      reservation.ask('POST', `/api/bookings/${id}/resend`, {
        manageToken: manageTokens.make(id),
        key,
      }),
  };
}

test('the confirmation is asked for with all that its e-mail needs, as it is now', async ({
  pool,
  reservation,
}) => {
  const { id, resend, asked } = await booked(reservation, pool);
  const contact = { ...aContact, email: 'ada@new.example.org' };
  await reservation.ask('PATCH', `/api/bookings/${id}`, {
    manageToken: manageTokens.make(id),
    json: { contact },
  });

  expect(await resend()).toMatchObject({ status: 202, body: { status: 'sending' } });
  const [fact, ...others] = await asked();
  expect(others).toEqual([]);
  expect(messageSchemas['booking.confirmation_asked'].parse(fact?.data)).toMatchObject({
    bookingId: id,
    status: 'CONFIRMED',
    contact,
    passes: ['THE PASS'],
    manageToken: manageTokens.make(id),
  });
});

test('thrice an hour and no more, however many ask at once; then when the first is an hour old', async ({
  pool,
  reservation,
}) => {
  const { id, resend, asked } = await booked(reservation, pool);
  const answers = await Promise.all(Array.from({ length: 8 }, () => resend()));

  expect(answers.map(({ status }) => status).sort()).toEqual([
    202,
    202,
    202,
    ...Array(5).fill(429),
  ]);
  expect(await asked()).toHaveLength(3);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ code: 'resend_too_often' });
  const seconds = Number(refused?.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(3_500);
  expect(seconds).toBeLessThanOrEqual(3_600);

  await pool.query(
    `update resends set asked_at[1] = now() - interval '61 minutes', asked_at[2] = now() - interval '50 minutes'`,
  );
  expect((await resend()).status).toBe(202);
  const again = await resend();
  expect(again.status).toBe(429);
  expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(600);
  const { rows } = await pool.query('select asked_at from resends where booking_id = $1', [id]);
  expect(rows[0].asked_at).toHaveLength(3);
});

test('the same key asks once', async ({ pool, reservation }) => {
  const { resend, asked } = await booked(reservation, pool);
  const key = newId();

  expect([(await resend(key)).status, (await resend(key)).status]).toEqual([202, 202]);
  expect(await asked()).toHaveLength(1);
});

test.for([
  ['PENDING', 409],
  ['CANCELLED', 409],
  ['NO_SHOW', 409],
  ['EMBARKED', 202],
  ['COMPLETED', 202],
] as const)(
  'of a booking that is %s it answers %i',
  async ([status, expected], { pool, reservation }) => {
    const { resend, asked } = await booked(reservation, pool, status);
    const answer = await resend();

    expect(answer.status).toBe(expected);
    if (expected === 409) expect(answer.body.code).toBe('booking_not_confirmed');
    expect(await asked()).toHaveLength(expected === 202 ? 1 : 0);
  },
);
