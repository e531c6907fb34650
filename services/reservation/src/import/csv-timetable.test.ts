import { expect, test } from 'vitest';
import { readTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';
import { request, starts } from './timetable-test.ts';

const csv = (text: string, changes: Partial<TimetableRequest> = {}) =>
  readTimetable({ ...request, mediaType: 'text/csv', text, ...changes });

test('reads a CSV of local times and of instants, with commas or semicolons', () => {
  const read = csv(
    '\uFEFFstarts_at,ends_at,capacity,on_sale_at\r\n' +
      '2027-06-04T20:30,2027-06-04T22:30,36,\r\n' +
      '\r\n' +
      '"2027-12-04T20:30-05:00",2027-12-04T22:30-05:00,12,2027-11-01T10:00\r\n',
  );

  expect(read).toEqual({
    outcome: 'read',
    entries: [
      {
        startsAt: new Date('2027-06-04T18:30:00Z'),
        endsAt: new Date('2027-06-04T20:30:00Z'),
        onSaleAt: null,
        capacity: 36,
      },
      {
        startsAt: new Date('2027-12-05T01:30:00Z'),
        endsAt: new Date('2027-12-05T03:30:00Z'),
        onSaleAt: new Date('2027-11-01T09:00:00Z'),
        capacity: 12,
      },
    ],
  });
  expect(starts(csv('starts_at;ends_at;capacity\n2027-06-04 20:30;2027-06-04 22:30;36'))).toEqual([
    '2027-06-04T18:30:00.000Z',
  ]);
});

test('names every line of a CSV that is wrong', () => {
  const read = csv(
    [
      'starts_at,ends_at,capacity,on_sale_at',
      '2027-06-04T20:30,2027-06-04T19:30,36,',
      'tomorrow,2027-06-04T22:30,36,',
      '2027-06-05T20:30,2027-06-05T22:30,0,',
      '2027-06-06T20:30,2027-06-06T22:30,12,2027-07-01T10:00',
      '2027-02-30T20:30,2027-03-01T22:30,12,',
      '2027-06-07T20:30,2027-06-07T22:30,12,',
    ].join('\n'),
  );

  expect(read).toMatchObject({
    outcome: 'faulty',
    faults: [
      { path: 'line 2', message: 'It ends before it starts.' },
      { path: 'line 3', message: expect.stringContaining('starts_at: “tomorrow”') },
      { path: 'line 4', message: expect.stringContaining('capacity:') },
      { path: 'line 5', message: 'Its sale begins after it starts.' },
      { path: 'line 6', message: expect.stringContaining('no such time') },
    ],
  });
});

test('refuses what is no such CSV, saying why', () => {
  expect(csv('starts_at,ends_at\n2027-06-04T20:30,2027-06-04T19:30')).toMatchObject({
    outcome: 'unreadable',
    reason: expect.stringContaining('capacity is missing'),
  });
  expect(csv('starts_at,ends_at,capacity,price\n')).toMatchObject({ outcome: 'unreadable' });
  expect(csv('starts_at,ends_at,capacity\n1,2\n')).toMatchObject({ outcome: 'unreadable' });
  expect(csv('starts_at,ends_at,capacity\n"1,2,3\n')).toMatchObject({ outcome: 'unreadable' });
});

test('refuses more lines than anyone means', () => {
  const line = '2027-06-04T20:30,2027-06-04T22:30,36\n';
  expect(csv(`starts_at,ends_at,capacity\n${line.repeat(101)}`)).toMatchObject({
    outcome: 'too_large',
  });
  expect(csv(`starts_at,ends_at,capacity\n${line.repeat(100)}`)).toMatchObject({ outcome: 'read' });
});

test('leaves out what has started and what is later than asked for', () => {
  const read = csv(
    'starts_at,ends_at,capacity\n' +
      '2025-06-04T20:30,2025-06-04T22:30,36\n' +
      '2027-06-04T20:30,2027-06-04T22:30,36\n' +
      '2028-06-04T20:30,2028-06-04T22:30,36\n',
    { until: new Date('2028-01-01T00:00:00Z') },
  );
  expect(starts(read)).toEqual(['2027-06-04T18:30:00.000Z']);
});

test('a local time that the clocks skip is a fault of its line, one that comes twice is the first', () => {
  expect(csv('starts_at,ends_at,capacity\n2027-03-28T02:30,2027-03-28T04:30,36\n')).toMatchObject({
    outcome: 'faulty',
    faults: [{ path: 'line 2' }],
  });

  const read = csv('starts_at,ends_at,capacity\n2027-10-31T02:30,2027-10-31T04:00,36\n');
  expect(read).toMatchObject({
    entries: [
      { startsAt: new Date('2027-10-31T00:30:00Z'), endsAt: new Date('2027-10-31T03:00:00Z') },
    ],
  });
});
