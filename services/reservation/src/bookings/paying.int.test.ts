import { newId } from '@guichet/contracts/ids';
import { type MessageData, messageSchemas } from '@guichet/contracts/messages';
import { type PassVerdict, verifyPass } from '@guichet/contracts/pass';
import type { Pool } from '@guichet/postgres/pool';
import { expect } from 'vitest';
import { createPassSigners } from '../passes/pass-signer.ts';
import {
  aContact,
  facts,
  GRACE_MS,
  lapse,
  manageTokens,
  noTelling,
  placed,
  quoteFor,
  sealingKey,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { beginPayment } from './begin-payment.ts';
import { changeBooking } from './change-booking.ts';
import { confirmBooking } from './confirm-booking.ts';
import { extendBooking } from './extend-booking.ts';

const actions = (pool: Pool) => {
  const common = { pool, manageTokens, graceMs: GRACE_MS, told: noTelling };
  const passSigners = createPassSigners({ pool, sealingKey });
  return {
    passSigners,
    begin: beginPayment({ ...common, paymentGrantMs: 300_000, longestHoldMs: 2_700_000 }),
    extend: extendBooking({ ...common, extensionMs: 600_000 }),
    change: changeBooking(common),
    confirm: confirmBooking({ ...common, passSignerOf: passSigners.signerOf }),
  };
};
const owner = (id: string) => ({ manageToken: manageTokens.make(id) });

const paymentOf = async (
  pool: Pool,
  bookingId: string,
  changes: Partial<MessageData<'payment.succeeded'>> = {},
): Promise<MessageData<'payment.succeeded'>> => {
  const { rows } = await pool.query(
    `select organiser_id as "organiserId", reference, total_cents as "amountCents", currency
       from bookings where id = $1`,
    [bookingId],
  );
  return {
    paymentId: bookingId,
    bookingId,
    provider: 'stripe',
    providerRef: 'pi_1',
    ...rows[0],
    ...changes,
  };
};

test('a paid booking is confirmed once, with a pass that verifies', async ({ pool }) => {
  const { confirm, passSigners } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot, 2));
  const paid = await paymentOf(pool, id);
  const messageId = newId();

  await Promise.all([confirm(messageId, paid), confirm(messageId, paid), confirm(newId(), paid)]);

  expect(await statusOf(pool, id)).toBe('CONFIRMED');
  const confirmed = (await facts(pool, id)).filter(({ type }) => type === 'booking.confirmed');
  expect(confirmed).toHaveLength(1);
  const { passes, manageToken } = messageSchemas['booking.confirmed'].parse(confirmed[0]?.data);
  expect(manageTokens.verify(id, manageToken)).toBe(true);
  const keys = await passSigners.publicKeys(slot.organiserId);
  const gate = { keys, slotId: slot.id, at: slot.startsAt };
  expect(await verifyPass(passes[0] ?? '', gate)).toMatchObject({ ok: true });
  expect(await wrongCounters(pool)).toEqual([]);
});

test('each attendee has a pass of their own, in their order, where names were asked', async ({
  pool,
}) => {
  const { change, confirm, passSigners } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot, 3, { names: true }));
  const attendees = ['Ada', 'Mary', 'Grace'].map((firstName) => ({ firstName, lastName: 'L' }));
  await change(id, owner(id), { attendees });

  await confirm(newId(), await paymentOf(pool, id));

  const told = (await facts(pool, id)).find(({ type }) => type === 'booking.confirmed');
  const confirmed = messageSchemas['booking.confirmed'].parse(told?.data);
  expect(confirmed.attendees).toEqual(attendees);
  const { rows } = await pool.query('select place, code from passes order by place');
  expect(rows).toEqual(confirmed.passes.map((code, at) => ({ place: at + 1, code })));
  const gate = { keys: await passSigners.publicKeys(slot.organiserId), slotId: slot.id };
  const verdicts = await Promise.all(rows.map(({ code }) => verifyPass(code, gate)));
  const ticketOf = (verdict: PassVerdict) => (verdict.ok ? verdict.pass.ticketId : verdict.fault);
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(new Set(verdicts.map(ticketOf)).size).toBe(3);
  // A place has one pass, whoever issues it.
  await expect(
    pool.query('insert into passes select gen_random_uuid(), booking_id, code from passes limit 1'),
  ).rejects.toMatchObject({ constraint: 'passes_one_a_place' });
});

test('money that is not the price confirms nothing and goes to a person', async ({ pool }) => {
  const { confirm } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  const wrong = [{ amountCents: 1 }, { currency: 'USD' }, { organiserId: newId() }];

  for (const changes of wrong) {
    await expect(confirm(newId(), await paymentOf(pool, id, changes))).rejects.toThrow(
      /is not what it costs/,
    );
  }
  await expect(
    confirm(newId(), { ...(await paymentOf(pool, id)), bookingId: newId() }),
  ).rejects.toThrow(/is none/);
  expect(await statusOf(pool, id)).toBe('PENDING');
});

test('late money takes the places again where they are free', async ({ pool }) => {
  const { confirm } = actions(pool);
  const slot = await seedSlot(pool, { capacity: 1 });
  const id = await placed(pool, quoteFor(slot));
  await lapse(pool, id);
  const other = await placed(pool, quoteFor(slot));
  expect(await statusOf(pool, id)).toBe('EXPIRED');
  await lapse(pool, other);
  // Closed for sale meanwhile; the place is there, and it was paid for.
  await pool.query(`update slots set status = 'closed'`);

  await confirm(newId(), await paymentOf(pool, id));

  expect(await statusOf(pool, id)).toBe('CONFIRMED');
  expect(await statusOf(pool, other)).toBe('EXPIRED');
  expect(await wrongCounters(pool)).toEqual([]);
});

test('late money for places that are gone goes back, all of it and once', async ({ pool }) => {
  const { confirm } = actions(pool);
  const slot = await seedSlot(pool, { capacity: 1 });
  const id = await placed(pool, quoteFor(slot));
  await lapse(pool, id);
  await placed(pool, quoteFor(slot));
  const paid = await paymentOf(pool, id);

  await confirm(newId(), paid);
  await confirm(newId(), paid);

  expect(await statusOf(pool, id)).toBe('EXPIRED');
  const due = (await facts(pool, id)).filter(({ type }) => type === 'booking.refund_due');
  expect(due).toHaveLength(1);
  expect(messageSchemas['booking.refund_due'].parse(due[0]?.data)).toMatchObject({
    refundCents: 2500,
    reason: 'late_payment_unavailable',
  });
  expect(await wrongCounters(pool)).toEqual([]);
});

test('money for a cancelled booking goes back, though the place is free', async ({ pool }) => {
  const { confirm } = actions(pool);
  const slot = await seedSlot(pool);
  const id = await placed(pool, quoteFor(slot));
  await pool.query(`select end_bookings(array[$1::uuid], 'CANCELLED', 'booking.cancelled')`, [id]);

  await confirm(newId(), await paymentOf(pool, id));

  expect(await statusOf(pool, id)).toBe('CANCELLED');
  const due = (await facts(pool, id)).at(-1);
  expect(due?.type).toBe('booking.refund_due');
  expect(messageSchemas['booking.refund_due'].parse(due?.data)).toMatchObject({
    refundCents: 2500,
    reason: 'late_payment_cancelled',
  });
});

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
