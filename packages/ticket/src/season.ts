import type { Venue } from '@guichet/contracts/offering-parts';
import ICAL from 'ical.js';

export type Occurrence = {
  readonly slotId: string;
  readonly startsAt: string;
  readonly endsAt: string;
};

/**
 * Every date of an offering as a calendar that can be subscribed to (RFC 5545), in UTC; a date that
 * is fetched again replaces itself. `writtenAt` is when the dates were read.
 */
export function seasonCalendar({
  title,
  venue,
  url,
  occurrences,
  writtenAt,
}: {
  title: string;
  venue: Venue;
  url: string;
  occurrences: readonly Occurrence[];
  writtenAt: Date;
}): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Guichet//Season//EN');
  calendar.addPropertyWithValue('name', title);
  for (const { slotId, startsAt, endsAt } of occurrences) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', `${slotId}@guichet`);
    event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(writtenAt, true));
    event.addPropertyWithValue('dtstart', ICAL.Time.fromJSDate(new Date(startsAt), true));
    event.addPropertyWithValue('dtend', ICAL.Time.fromJSDate(new Date(endsAt), true));
    event.addPropertyWithValue('summary', title);
    event.addPropertyWithValue('location', [venue.name, venue.address].filter(Boolean).join(', '));
    event.addPropertyWithValue('url', url);
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}
