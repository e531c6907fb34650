import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { bookingCalendar } from './calendar.ts';

test('a calendar reads back the instants, the title and the place', () => {
  const text = bookingCalendar({
    bookingId: 'b1',
    reference: 'K7MN-4PQR',
    sequence: 3,
    writtenAt: new Date('2027-01-01T00:00:00Z'),
    startsAt: new Date('2027-03-28T18:30:00Z'),
    endsAt: new Date('2027-03-28T20:30:00Z'),
    title: 'Le Misanthrope; acte I, scène 1',
    venue: {
      name: 'Théâtre',
      address: '1, rue X',
      timeZone: 'Europe/Paris',
      latitude: 48.8,
      longitude: 2.3,
    },
  });
  const event = new ICAL.Event(
    new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') ?? undefined,
  );

  expect(event.uid).toBe('b1@guichet');
  expect(event.startDate.toJSDate()).toEqual(new Date('2027-03-28T18:30:00Z'));
  expect(event.summary).toBe('Le Misanthrope; acte I, scène 1');
  expect(event.location).toBe('Théâtre, 1, rue X');
  expect(event.sequence).toBe(3);
});
