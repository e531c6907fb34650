import { bookingStatusSchema } from '@guichet/contracts/bookings';
import { expect } from 'vitest';
import { placed, quoteFor, seedSlot, test } from '../reservation-test.ts';

const statuses = bookingStatusSchema.options;
const allowed = new Set([
  'PENDING CONFIRMED',
  'PENDING CANCELLED',
  'PENDING EXPIRED',
  'EXPIRED CONFIRMED',
  'CONFIRMED EMBARKED',
  'CONFIRMED CANCELLED',
  'CONFIRMED NO_SHOW',
  'EMBARKED COMPLETED',
  'EMBARKED CONFIRMED',
]);

test('the database makes the named moves of a booking and refuses every other', async ({
  pool,
}) => {
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  const become = (status: string) =>
    pool.query('update bookings set status = $2 where id = $1', [id, status]);

  for (const from of statuses) {
    for (const to of statuses.filter((status) => status !== from)) {
      await pool.query('alter table bookings disable trigger bookings_move_as_named');
      await become(from);
      await pool.query('alter table bookings enable trigger bookings_move_as_named');
      const moved = await become(to).then(
        () => 'moved',
        (error: { constraint?: string }) => error.constraint,
      );
      const expected = allowed.has(`${from} ${to}`) ? 'moved' : 'bookings_move_as_named';
      expect(moved, `${from} to ${to}`).toBe(expected);
    }
  }
});

test('a booking begins as PENDING and as nothing else', async ({ pool }) => {
  const slot = await seedSlot(pool);
  await placed(pool, quoteFor(slot));
  const copyAs = (status: string) =>
    pool.query(
      `insert into bookings (id, reference, organiser_id, offering_id, offering_version, slot_id,
         places, quote, total_cents, tax_cents, currency, hold_expires_at, status)
       select gen_random_uuid(), reference || $1, organiser_id, offering_id, offering_version,
              slot_id, places, quote, total_cents, tax_cents, currency, hold_expires_at, $1
         from bookings limit 1`,
      [status],
    );

  for (const status of statuses.filter((other) => other !== 'PENDING')) {
    await expect(copyAs(status), status).rejects.toMatchObject({
      constraint: 'bookings_move_as_named',
    });
  }
  await expect(copyAs('PENDING')).resolves.toMatchObject({ rowCount: 1 });
});
