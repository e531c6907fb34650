import { newId } from '@guichet/contracts/ids';
import { expect } from 'vitest';
import {
  aContact,
  facts,
  lapse,
  placed,
  quoteFor,
  seedSlot,
  statusOf,
  test,
} from '../reservation-test.ts';
import { actions, owner, paymentOf } from './paying-test.ts';

test('beginning a payment grants five minutes, up to the longest hold', async ({ pool }) => {
  const { begin } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot), { holdMs: 60_000 });

  const begun = await begin(id, owner(id));
  const leftMs = begun.holdExpiresAt.getTime() - begun.now.getTime();
  expect(leftMs).toBeGreaterThan(299_000);
  expect(leftMs).toBeLessThanOrEqual(300_001);
  expect(begun.paymentBeganAt).not.toBeNull();

  await pool.query(`update bookings set created_at = now() - interval '43 minutes'`);
  const again = await begin(id, owner(id));
  expect(again.paymentBeganAt).toEqual(begun.paymentBeganAt);
  expect(again.holdExpiresAt).toEqual(begun.holdExpiresAt);
});

test('a payment cannot begin without a contact, after the hold, at the fence, or by a stranger', async ({
  pool,
}) => {
  const { begin, change, confirm } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot), { contact: null });

  await expect(begin(id, owner(id))).rejects.toMatchObject({ code: 'contact_missing' });
  await change(id, owner(id), { contact: aContact });
  await expect(begin(id, owner(id))).resolves.toMatchObject({ contact: aContact });
  await expect(begin(id, { customerId: newId() })).rejects.toMatchObject({
    code: 'booking_not_found',
  });
  await expect(begin(newId(), owner(id))).rejects.toMatchObject({ code: 'booking_not_found' });

  await pool.query(
    `update bookings set expiring_at = now(), expiring_to = 'EXPIRED' where id = $1`,
    [id],
  );
  await expect(begin(id, owner(id))).rejects.toMatchObject({ code: 'hold_expired' });

  const lapsed = await placed(pool, quoteFor(slot));
  await lapse(pool, lapsed);
  await expect(begin(lapsed, owner(lapsed))).rejects.toMatchObject({ code: 'hold_expired' });

  const done = await placed(pool, quoteFor(slot));
  await confirm(newId(), await paymentOf(pool, done));
  await expect(begin(done, owner(done))).rejects.toMatchObject({ code: 'booking_not_pending' });
});

test('a payment cannot begin while names are asked and missing', async ({ pool }) => {
  const { begin, change } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot, 1, { names: true }), { contact: null });
  const beginning = () => begin(id, owner(id));

  await expect(beginning()).rejects.toMatchObject({ code: 'contact_missing' });
  await change(id, owner(id), { contact: aContact });
  await expect(beginning()).rejects.toMatchObject({ code: 'attendees_missing' });
  await change(id, owner(id), { attendees: [{ firstName: 'Ada', lastName: 'Lovelace' }] });
  await expect(beginning()).resolves.toMatchObject({ id });

  const lapsed = await placed(pool, quoteFor(slot, 1, { names: true }));
  await lapse(pool, lapsed);
  await expect(begin(lapsed, owner(lapsed))).rejects.toMatchObject({ code: 'hold_expired' });
});

test('a booking whose quote said nothing of names asks for none', async ({ pool }) => {
  const { begin, confirm } = actions(pool);
  const id = await placed(pool, quoteFor(await seedSlot(pool), 2));
  await pool.query(`update bookings set quote = quote - 'names'`);

  await begin(id, owner(id));
  await confirm(newId(), await paymentOf(pool, id));

  expect(await statusOf(pool, id)).toBe('CONFIRMED');
  expect((await pool.query('select from passes')).rowCount).toBe(1);
});

test('a hold is extended once, and not after it ran out or at the fence', async ({ pool }) => {
  const { extend } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot), { holdMs: 60_000 });
  const { rows } = await pool.query('select hold_expires_at from bookings');

  const extended = await extend(id, owner(id));
  expect(extended.holdExpiresAt.getTime() - rows[0].hold_expires_at.getTime()).toBe(600_000);
  await expect(extend(id, owner(id))).rejects.toMatchObject({ code: 'already_extended' });
  expect((await facts(pool, id)).at(-1)).toMatchObject({ type: 'booking.extended', sequence: 2 });

  const lapsed = await placed(pool, quoteFor(slot));
  await lapse(pool, lapsed);
  await expect(extend(lapsed, owner(lapsed))).rejects.toMatchObject({ code: 'hold_expired' });

  const fenced = await placed(pool, quoteFor(slot));
  await pool.query(
    `update bookings set expiring_at = now(), expiring_to = 'EXPIRED' where id = $1`,
    [fenced],
  );
  await expect(extend(fenced, owner(fenced))).rejects.toMatchObject({ code: 'hold_expired' });
});
