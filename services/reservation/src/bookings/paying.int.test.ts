import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { type PassVerdict, verifyPass } from '@guichet/contracts/pass';
import { expect } from 'vitest';
import {
  facts,
  lapse,
  manageTokens,
  placed,
  quoteFor,
  seedSlot,
  statusOf,
  test,
  wrongCounters,
} from '../reservation-test.ts';
import { actions, owner, paymentOf } from './paying-test.ts';

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
