import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { seasonCalendar } from './season.ts';

test('every date is an entry of its own, under its slot’s name', () => {
  const text = seasonCalendar({
    title: 'Nocturne; jazz, at the Lanterne',
    venue: { name: 'La Lanterne', address: '3, rue Haute', timeZone: 'Europe/Paris' },
    url: 'https://guichet.example/fr/offerings/1',
    occurrences: [
      { slotId: 'a', startsAt: '2027-01-07T20:30:00+01:00', endsAt: '2027-01-07T22:00:00+01:00' },
      { slotId: 'b', startsAt: '2027-02-04T20:30:00+01:00', endsAt: '2027-02-04T22:00:00+01:00' },
    ],
    writtenAt: new Date('2026-11-25T12:00:00Z'),
  });

  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent');
  expect(events.map((event) => event.getFirstPropertyValue('uid'))).toEqual([
    'a@guichet',
    'b@guichet',
  ]);
  expect(String(events[0]?.getFirstPropertyValue('dtstart'))).toBe('2027-01-07T19:30:00Z');
  expect(events[1]?.getFirstPropertyValue('summary')).toBe('Nocturne; jazz, at the Lanterne');
  expect(events[1]?.getFirstPropertyValue('location')).toBe('La Lanterne, 3, rue Haute');
});
