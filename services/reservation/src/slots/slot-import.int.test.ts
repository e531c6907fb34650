import { newId } from '@guichet/contracts/ids';
import { expect } from 'vitest';
import { type Ask, test } from '../reservation-server-test.ts';
import { facts } from '../reservation-test.ts';
import { organiserWith, refusal } from './slot-routes-test.ts';

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
