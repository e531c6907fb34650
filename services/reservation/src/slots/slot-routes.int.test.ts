import { newId } from '@guichet/contracts/ids';
import { messageSchemas } from '@guichet/contracts/messages';
import { builtInRoles } from '@guichet/contracts/permissions';
import { expect } from 'vitest';
import { type Ask, type Reservation, test } from '../reservation-server-test.ts';
import { facts, place, quoteFor, seedSlot } from '../reservation-test.ts';

/** An organiser with an offering that catalog knows and reservation does not yet. */
async function organiserWith(reservation: Reservation) {
  const organiserId = newId();
  const offering = {
    id: newId(),
    organiserId,
    status: 'published' as const,
    title: { en: 'The Miser' },
    venue: { name: 'Théâtre de la Lanterne', timeZone: 'Europe/Paris' },
    fares: [],
    version: 3,
  };
  reservation.offerings.set(offering.id, offering);
  return { organiserId, offering, token: await reservation.staff(organiserId) };
}

const times = { startsAt: '2031-06-04T18:30:00Z', endsAt: '2031-06-04T20:30:00Z' };
const refusal = ({ status, body }: { status: number; body: { code: string } }) =>
  `${status} ${body.code}`;

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

test('availability says what may be bought, in a range', async ({ pool, reservation }) => {
  const offeringId = newId();
  const organiserId = newId();
  const at = (day: number) => new Date(`2031-06-${String(day).padStart(2, '0')}T18:00:00Z`);
  const seed = (day: number, capacity = 10, onSaleAt: Date | null = null) =>
    seedSlot(pool, { offeringId, organiserId, startsAt: at(day), capacity, onSaleAt });
  await seed(1);
  const few = await seed(2, 20);
  await place(pool, quoteFor(few, 18));
  await place(pool, quoteFor(await seed(3, 4), 4));
  await seed(4, 10, at(3));
  const closed = await seed(5);
  await pool.query(`update slots set status = 'closed' where id = $1`, [closed.id]);
  const past = await seed(6);
  await pool.query(`update slots set starts_at = now() - interval '1 hour' where id = $1`, [
    past.id,
  ]);
  const list = async (range = '') => {
    const path = `/api/availability?offeringId=${offeringId}${range}`;
    const { body } = await reservation.ask('GET', path);
    return body.items.map(({ state, remaining }: Record<string, unknown>) => [state, remaining]);
  };

  expect(await list()).toEqual([
    ['available', 10],
    ['few_left', 2],
    ['sold_out', 0],
    ['not_on_sale', 10],
    ['closed', 0],
  ]);
  expect(await list('&from=2031-06-02T18:00:00Z&to=2031-06-03T18:00:00Z')).toEqual([
    ['few_left', 2],
  ]);
  expect((await list('&from=2020-01-01T00:00:00Z')).at(0)).toEqual(['closed', 0]);

  await pool.query(`update offerings set status = 'withdrawn', version = 9`);
  expect((await list()).map(([state]: string[]) => state)).toEqual(Array(5).fill('closed'));
});

const importTo = (offeringId: string, query = '') =>
  `/api/slots/import?offeringId=${offeringId}${query}`;
const csv = (text: string | Uint8Array) => ({ raw: { type: 'text/csv', text } });
const calendar = (text: string) => ({ raw: { type: 'text/calendar; charset=utf-8', text } });

test('a season comes in by CSV and by iCalendar, in the venue’s time', async ({
  pool,
  reservation,
}) => {
  const { offering, token } = await organiserWith(reservation);
  const key = newId();
  const lines = 'starts_at,ends_at,capacity\n2031-06-04T20:30,2031-06-04T22:30,36\n';
  const first = await reservation.ask('POST', importTo(offering.id), { token, key, ...csv(lines) });
  const again = await reservation.ask('POST', importTo(offering.id), { token, key, ...csv(lines) });
  const series = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:a',
    'DTSTART:20310701T203000',
    'DTEND:20310701T223000',
    'RRULE:FREQ=DAILY;COUNT=3',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const second = await reservation.ask('POST', importTo(offering.id, '&capacity=7'), {
    token,
    ...calendar(series),
  });

  expect(first).toMatchObject({ status: 201, body: { imported: 1 } });
  expect(again.text).toBe(first.text);
  expect(second).toMatchObject({ status: 201, body: { imported: 3 } });
  const { rows } = await pool.query('select starts_at, capacity from slots order by starts_at');
  expect(rows).toEqual([
    { starts_at: new Date('2031-06-04T18:30:00Z'), capacity: 36 },
    { starts_at: new Date('2031-07-01T18:30:00Z'), capacity: 7 },
    { starts_at: new Date('2031-07-02T18:30:00Z'), capacity: 7 },
    { starts_at: new Date('2031-07-03T18:30:00Z'), capacity: 7 },
  ]);
  expect(await facts(pool)).toHaveLength(4);
});

test('an import with anything wrong imports nothing and names every bad line', async ({
  pool,
  reservation,
}) => {
  const { offering, token } = await organiserWith(reservation);
  const send = (ask: Ask, query = '') =>
    reservation.ask('POST', importTo(offering.id, query), { token, ...ask });
  const header = 'starts_at,ends_at,capacity\n';
  const good = '2031-06-04T20:30,2031-06-04T22:30,36\n';

  const faulty = await send(
    csv(`${header}${good}x,y,z\n${good}2031-01-01T10:00,2030-01-01T10:00,5\n`),
  );
  expect(faulty).toMatchObject({ status: 422, body: { code: 'import_invalid' } });
  const paths = faulty.body.errors.map(({ path }: { path: string }) => path);
  expect(paths).toEqual(['line 3', 'line 3', 'line 3', 'line 5']);

  expect(refusal(await send(csv('hello')))).toBe('422 import_unreadable');
  expect(refusal(await send(csv(new Uint8Array([0xff, 0xfe, 0x00]))))).toBe(
    '422 import_unreadable',
  );
  expect(refusal(await send(calendar('hello')))).toBe('422 import_unreadable');
  expect(refusal(await send(csv(header + good.repeat(201))))).toBe('422 import_too_large');
  expect(refusal(await send(csv(header + good.repeat(40_000))))).toBe('413 body_too_large');
  expect(refusal(await send({ json: {} }))).toBe('415 unsupported_media_type');
  expect(refusal(await send(csv(header + good), '&capacity=none'))).toBe('400 invalid_request');
  const path = importTo(newId());
  expect(refusal(await reservation.ask('POST', path, { token, ...csv(header + good) }))).toBe(
    '404 offering_not_found',
  );
  expect((await pool.query('select from slots')).rowCount).toBe(0);
});

test('while the database cannot answer, buyers are told to come back', async ({
  pool,
  reservation,
}) => {
  const { offeringId } = await seedSlot(pool);
  const path = `/api/availability?offeringId=${offeringId}`;
  const locking = await pool.connect();
  await locking.query('begin; lock table slots in access exclusive mode');

  const answer = await reservation.ask('GET', path);
  await locking.query('rollback');
  locking.release();

  expect(refusal(answer)).toBe('503 service_unavailable');
  expect(answer.headers.get('retry-after')).toBe('2');
});

test('a crowd that asks together is answered alike, and who has booked sees that a place is gone', async ({
  pool,
  reservation,
}) => {
  const slot = await seedSlot(pool, { capacity: 5 });
  const path = `/api/availability?offeringId=${slot.offeringId}`;
  const remaining = ({ body }: { body: { items: { remaining: number }[] } }) =>
    body.items.map((one) => one.remaining);

  const crowd = await Promise.all(Array.from({ length: 20 }, () => reservation.ask('GET', path)));
  const [before] = crowd;
  await place(pool, quoteFor(slot, 2));
  const after = await reservation.ask('GET', path);

  expect(new Set(crowd.map(({ text }) => text)).size).toBe(1);
  expect(before && remaining(before)).toEqual([5]);
  expect(remaining(after)).toEqual([3]);
  expect(after.headers.get('etag')).not.toBe(before?.headers.get('etag'));
});

test('whoever has seen it already is told that nothing has changed, in no bytes', async ({
  pool,
  reservation,
}) => {
  const { offeringId } = await seedSlot(pool);
  const url = `${reservation.url}/api/availability?offeringId=${offeringId}`;
  const etag = (await fetch(url)).headers.get('etag') ?? '';

  const again = await fetch(url, { headers: { 'if-none-match': etag } });

  expect(again.status).toBe(304);
  expect(again.headers.get('etag')).toBe(etag);
  expect(await again.text()).toBe('');
});
