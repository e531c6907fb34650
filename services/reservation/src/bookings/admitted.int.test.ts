import { newId } from '@guichet/contracts/ids';
import { expect } from 'vitest';
import { test } from '../reservation-server-test.ts';
import { aContact, quoteFor, seedSlot } from '../reservation-test.ts';
import { book } from './booking-routes-test.ts';

const others = { ...aContact, email: 'bob@example.com' };

test('twenty devices that show one admission at once have one booking between them', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 50 });
  const admissionId = newId();
  const quote = await reservation.quote(quoteFor(slot, 1));

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, nth) =>
      reservation.ask('POST', '/api/bookings', {
        key: newId(),
        admissionId,
        // Half of them in another name.
        json: { quote, contact: nth % 2 === 0 ? aContact : others },
      }),
    ),
  );

  const { rows } = await pool.query('select places from bookings where slot_id = $1', [slot.id]);
  expect(rows).toEqual([{ places: 1 }]);
  const placed = answers.filter(({ status }) => status === 201);
  expect(placed).toHaveLength(10);
  expect(new Set(placed.map(({ body }) => body.id)).size).toBe(1);
  const refused = answers.filter(({ status }) => status !== 201);
  expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['admission_used']));
});

test('an admission is used once by whoever shows it: a guest, or an account', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const admissionId = newId();
  await book(reservation, quoteFor(slot, 1), { admissionId });

  const again = await book(reservation, quoteFor(slot, 2), {
    admissionId,
    manageToken: 'of-another-booking',
  });

  expect(again).toMatchObject({ status: 409, body: { code: 'admission_used' } });
});

test('what was refused has used nothing', async ({ pool, reservation }) => {
  const [small, large] = [
    await seedSlot(pool, { capacity: 1 }),
    await seedSlot(pool, { capacity: 5 }),
  ];
  const admissionId = newId();
  expect(await book(reservation, quoteFor(small, 2), { admissionId })).toMatchObject({
    status: 409,
    body: { code: 'sold_out' },
  });

  expect(await book(reservation, quoteFor(large, 2), { admissionId })).toMatchObject({
    status: 201,
  });
});

test('an admission is no key of a client’s, whatever key a client chooses', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const id = newId();
  await book(reservation, quoteFor(slot, 1), { admissionId: id });

  expect(await book(reservation, quoteFor(slot, 2), { key: id })).toMatchObject({ status: 201 });
});
