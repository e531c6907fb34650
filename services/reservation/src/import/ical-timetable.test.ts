import { expect, test } from 'vitest';
import { readTimetableInWorker } from './read-in-worker.ts';
import { readTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';
import { request, starts } from './timetable-test.ts';

const calendar = (lines: string, changes: Partial<TimetableRequest> = {}) =>
  readTimetable({
    ...request,
    capacity: 10,
    mediaType: 'text/calendar',
    text: `BEGIN:VCALENDAR\r\n${lines.trim().replaceAll('\n', '\r\n')}\r\nEND:VCALENDAR\r\n`,
    ...changes,
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
