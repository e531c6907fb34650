import { expect, test } from 'vitest';
import { readTimetableInWorker } from './read-in-worker.ts';
import { readTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';

const request = {
  timeZone: 'Europe/Paris',
  capacity: undefined,
  until: undefined,
  horizon: new Date('2028-01-01T00:00:00Z'),
  now: new Date('2026-01-01T00:00:00Z'),
  mostEntries: 100,
} satisfies Partial<TimetableRequest>;

const csv = (text: string, changes: Partial<TimetableRequest> = {}) =>
  readTimetable({ ...request, mediaType: 'text/csv', text, ...changes });
const calendar = (lines: string, changes: Partial<TimetableRequest> = {}) =>
  readTimetable({
    ...request,
    capacity: 10,
    mediaType: 'text/calendar',
    text: `BEGIN:VCALENDAR\r\n${lines.trim().replaceAll('\n', '\r\n')}\r\nEND:VCALENDAR\r\n`,
    ...changes,
  });
const starts = (read: ReturnType<typeof readTimetable>) =>
  read.outcome === 'read'
    ? read.entries.map(({ startsAt }) => startsAt.toISOString()).sort()
    : read;

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

test('expands a series: RRULE, RDATE, EXDATE, and what RECURRENCE-ID moves or cancels', () => {
  const read = calendar(`
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Paris:20270305T203000
DTEND;TZID=Europe/Paris:20270305T223000
RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=6
RDATE;TZID=Europe/Paris:20270310T150000
EXDATE;TZID=Europe/Paris:20270309T203000
EXDATE;TZID=Europe/Paris:20270312T203000
X-GUICHET-CAPACITY:180
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20270319T203000
DTSTART;TZID=Europe/Paris:20270320T190000
DTEND;TZID=Europe/Paris:20270320T210000
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20270326T203000
DTSTART;TZID=Europe/Paris:20270326T203000
STATUS:CANCELLED
END:VEVENT`);

  expect(starts(read)).toEqual([
    '2027-03-05T19:30:00.000Z',
    '2027-03-10T14:00:00.000Z',
    '2027-03-20T18:00:00.000Z',
    // Summer time has begun: the same hour on the wall.
    '2027-04-02T18:30:00.000Z',
    '2027-04-09T18:30:00.000Z',
  ]);
  expect(read).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({ startsAt: new Date('2027-03-05T19:30:00Z'), capacity: 180 }),
      expect.objectContaining({ startsAt: new Date('2027-03-20T18:00:00Z'), capacity: 10 }),
    ]),
  });
});

const oddZone = `
BEGIN:VTIMEZONE
TZID:The theatre's own
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`;

test.each([
  ['the calendar’s own rules', oddZone, ';TZID="The theatre\'s own"'],
  ['a known zone', '', ';TZID=Europe/Paris'],
  ['the venue’s zone', '', ''],
])('in the missing and the doubled hour the offset from before counts, by %s', (_, zone, tzid) => {
  const nightly = (from: string) => `${zone}
BEGIN:VEVENT
UID:n
DTSTART${tzid}:${from}T023000
DURATION:PT1H
RRULE:FREQ=DAILY;COUNT=3
END:VEVENT`;

  expect(starts(calendar(nightly('20270327')))).toEqual([
    '2027-03-27T01:30:00.000Z',
    '2027-03-28T01:30:00.000Z', // 02:30 is skipped: 03:30 summer time
    '2027-03-29T00:30:00.000Z',
  ]);
  expect(starts(calendar(nightly('20271030')))).toEqual([
    '2027-10-30T00:30:00.000Z',
    '2027-10-31T00:30:00.000Z', // the first 02:30
    '2027-11-01T01:30:00.000Z',
  ]);
});

test('reads times in UTC, days, and an end by DURATION or none', () => {
  const read = calendar(`
BEGIN:VEVENT
UID:u
DTSTART:20270601T180000Z
DURATION:PT90M
END:VEVENT
BEGIN:VEVENT
UID:d
DTSTART;VALUE=DATE:20270605
RRULE:FREQ=DAILY;COUNT=3
EXDATE;VALUE=DATE:20270606
END:VEVENT`);

  expect(read).toMatchObject({
    entries: [
      { startsAt: new Date('2027-06-01T18:00:00Z'), endsAt: new Date('2027-06-01T19:30:00Z') },
      { startsAt: new Date('2027-06-04T22:00:00Z'), endsAt: new Date('2027-06-05T22:00:00Z') },
      { startsAt: new Date('2027-06-06T22:00:00Z'), endsAt: new Date('2027-06-07T22:00:00Z') },
    ],
  });
});

test('names every event that is wrong by its line', () => {
  const read = calendar(`
BEGIN:VEVENT
UID:1
DTSTART:banana
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=Mars/Olympus:20270601T180000
DURATION:PT1H
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTART:20270601T180000Z
DTEND:20270601T170000Z
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:no start
END:VEVENT
BEGIN:VEVENT
UID:5
DTSTART:20270601T180000Z
DURATION:PT1H
X-GUICHET-CAPACITY:many
END:VEVENT`);

  expect(read).toMatchObject({
    outcome: 'faulty',
    faults: [
      { path: 'line 2' },
      { path: 'line 6', message: expect.stringContaining('Mars/Olympus') },
      { path: 'line 11', message: 'It ends before it starts.' },
      { path: 'line 16', message: 'DTSTART is missing.' },
      { path: 'line 20', message: expect.stringContaining('X-GUICHET-CAPACITY') },
    ],
  });
  expect(readTimetable({ ...request, mediaType: 'text/calendar', text: 'hello' })).toMatchObject({
    outcome: 'unreadable',
  });
});

test('an event needs a capacity, of its own or of the import', () => {
  const event = `
BEGIN:VEVENT
UID:1
DTSTART:20270601T180000Z
DURATION:PT1H
END:VEVENT`;

  expect(calendar(event, { capacity: undefined })).toMatchObject({
    outcome: 'faulty',
    faults: [{ path: 'line 2', message: expect.stringContaining('X-GUICHET-CAPACITY') }],
  });
  expect(calendar(event, { capacity: 7 })).toMatchObject({ entries: [{ capacity: 7 }] });
});

test('an endless series ends where asked, or is too large', () => {
  const endless = (rule: string) => `
BEGIN:VEVENT
UID:e
DTSTART:20270601T180000Z
DURATION:PT1H
RRULE:${rule}
END:VEVENT`;

  const until = new Date('2027-06-04T00:00:00Z');
  expect(starts(calendar(endless('FREQ=DAILY'), { until }))).toHaveLength(3);
  const horizon = new Date('2027-06-11T00:00:00Z');
  expect(starts(calendar(endless('FREQ=DAILY'), { horizon }))).toHaveLength(10);
  expect(starts(calendar(endless('FREQ=DAILY;COUNT=12'), { horizon }))).toHaveLength(12);
  expect(calendar(endless('FREQ=DAILY'))).toMatchObject({ outcome: 'too_large' });
  expect(calendar(endless('FREQ=SECONDLY'))).toMatchObject({ outcome: 'too_large' });
});

test('a rule that never comes true costs a thread some time, and nobody else', async () => {
  const text = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:never',
    'DTSTART:20270601T180000Z',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const never = { ...request, capacity: 10, mediaType: 'text/calendar', text } as const;

  expect(await readTimetableInWorker(never, 2_000)).toMatchObject({ outcome: 'too_large' });
  const tame = { ...never, text: text.replace(/RRULE.*\r\n/, '') };
  expect(await readTimetableInWorker(tame)).toMatchObject({
    outcome: 'read',
    entries: [{ startsAt: new Date('2027-06-01T18:00:00Z') }],
  });
});
