import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { builtInRoles } from '@guichet/contracts/permissions';
import { expect } from 'vitest';
import { type Ask, test } from '../reservation-server-test.ts';
import { facts, place, quoteFor, seedSlot } from '../reservation-test.ts';
import { organiserWith, refusal } from './slot-routes-test.ts';

const times = { startsAt: '2031-06-04T18:30:00Z', endsAt: '2031-06-04T20:30:00Z' };

test('an organiser opens a slot of its own offering, and buyers see it', async ({
  pool,
  reservation,
}) => {
  const { offering, token } = await organiserWith(reservation);
  const path = `/api/availability?offeringId=${offering.id}`;
  expect(refusal(await reservation.ask('GET', path))).toBe('404 offering_not_found');

  const json = { offeringId: offering.id, ...times, capacity: 12 };
  const { status, body } = await reservation.ask('POST', '/api/slots', { token, json });

  expect(status).toBe(201);
  expect(body).toMatchObject({
    organiserId: offering.organiserId,
    offeringId: offering.id,
    capacity: 12,
    taken: 0,
    status: 'open',
    version: 1,
    onSaleAt: null,
  });
  expect((await reservation.ask('GET', path)).body).toEqual({
    organiserId: offering.organiserId,
    timeZone: 'Europe/Paris',
    items: [
      {
        slotId: body.id,
        startsAt: '2031-06-04T18:30:00.000Z',
        endsAt: '2031-06-04T20:30:00.000Z',
        remaining: 12,
        state: 'available',
      },
    ],
  });
  const [opened] = await facts(pool, body.id);
  expect(messageSchemas['slot.opened'].parse(opened?.data)).toMatchObject({ slotId: body.id });
});

test('a slot of another’s or no offering, or with impossible times, is refused', async ({
  reservation,
}) => {
  const { offering, token } = await organiserWith(reservation);
  const stranger = await organiserWith(reservation);
  const open = async (given: object, ask: Ask = { token }) =>
    refusal(
      await reservation.ask('POST', '/api/slots', {
        ...ask,
        json: { offeringId: offering.id, ...times, capacity: 1, ...given },
      }),
    );

  expect(await open({ offeringId: newId() })).toBe('404 offering_not_found');
  expect(await open({}, { token: stranger.token })).toBe('404 offering_not_found');
  expect(await open({ endsAt: times.startsAt })).toBe('422 slot_times_invalid');
  expect(await open({ startsAt: '2020-01-01T10:00:00Z' })).toBe('422 slot_times_invalid');
  expect(await open({ onSaleAt: times.endsAt })).toBe('422 slot_times_invalid');
  expect(await open({ capacity: 0 })).toBe('400 invalid_request');
  expect(await open({ taken: 1 })).toBe('400 invalid_request');
  expect(await open({ startsAt: 'tomorrow' })).toBe('400 invalid_request');
  expect(await open({}, {})).toBe('401 authentication_required');
  const employee = await reservation.staff(offering.organiserId, builtInRoles.employee);
  expect(await open({}, { token: employee })).toBe('403 permission_denied');
  expect(await open({}, { token: await reservation.customer() })).toBe('403 permission_denied');
});

test('a slot is changed by its own organiser, within what is sold', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 3 });
  const token = await reservation.staff(slot.organiserId);
  await place(pool, quoteFor(slot, 2));
  const change = (json: object, ask: Ask = { token }) =>
    reservation.ask('PATCH', `/api/slots/${slot.id}`, { ...ask, json });

  expect(await change({ capacity: 5 })).toMatchObject({ body: { capacity: 5, taken: 2 } });
  expect(refusal(await change({ capacity: 1 }))).toBe('409 capacity_below_taken');
  expect(refusal(await change({}))).toBe('400 invalid_request');
  const other = await reservation.staff(newId());
  expect(refusal(await change({ capacity: 9 }, { token: other }))).toBe('404 slot_not_found');
  expect(await change({ capacity: 2 })).toMatchObject({ status: 200 });
  expect(await change({ status: 'closed', capacity: 4 })).toMatchObject({
    body: { status: 'closed' },
  });
  const onSaleAt = '2030-01-01T10:00:00.000Z';
  expect(await change({ status: 'open', onSaleAt })).toMatchObject({ body: { onSaleAt } });
  expect(await change({ onSaleAt: null })).toMatchObject({ body: { onSaleAt: null } });
  expect((await facts(pool, slot.id)).map(({ type }) => type)).toEqual([
    'slot.opened',
    'slot.sold_out',
    'slot.closed',
    'slot.opened',
  ]);

  await pool.query(`update slots set status = 'cancelled'`);
  expect(refusal(await change({ status: 'open' }))).toBe('409 slot_cancelled');
});
