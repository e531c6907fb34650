import type { Venue } from '@guichet/contracts/offering-parts';
import ICAL from 'ical.js';

export type CalendarEntry = {
  readonly bookingId: string;
  readonly reference: string;
  /** The booking's version: a later entry with the same id replaces an earlier one. */
  readonly sequence: number;
  readonly writtenAt: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly title: string;
  readonly venue: Venue;
};

/** The date of a booking as a calendar's entry (RFC 5545), in UTC; added twice, it replaces itself. */
export function bookingCalendar(entry: CalendarEntry): string {
  const { venue } = entry;
  const event = new ICAL.Component('vevent');
  const put = (name: string, value: unknown) => event.addPropertyWithValue(name, value);
  put('uid', `${entry.bookingId}@guichet`);
  put('sequence', entry.sequence);
  put('dtstamp', ICAL.Time.fromJSDate(entry.writtenAt, true));
  put('dtstart', ICAL.Time.fromJSDate(entry.startsAt, true));
  put('dtend', ICAL.Time.fromJSDate(entry.endsAt, true));
  put('summary', entry.title);
  put('location', [venue.name, venue.address].filter(Boolean).join(', '));
  if (venue.latitude !== undefined && venue.longitude !== undefined) {
    put('geo', [venue.latitude, venue.longitude]);
  }
  put('description', entry.reference);
  put('status', 'CONFIRMED');

  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Guichet//Booking//EN');
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}
