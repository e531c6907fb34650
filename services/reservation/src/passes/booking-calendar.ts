import { inLanguage } from '@guichet/contracts/shapes';
import ICAL from 'ical.js';
import type { Booking } from '../bookings/booking.ts';
import type { KnownOffering } from '../offerings/offering-store.ts';

/** The date of a booking as a calendar's entry (RFC 5545); asked for twice, it replaces itself. */
export function bookingCalendar(
  booking: Pick<
    Booking,
    'id' | 'reference' | 'startsAt' | 'endsAt' | 'createdAt' | 'contact' | 'version'
  >,
  { title, venue }: Pick<KnownOffering, 'title' | 'venue'>,
): string {
  const event = new ICAL.Component('vevent');
  const put = (name: string, value: unknown) => event.addPropertyWithValue(name, value);
  put('uid', `${booking.id}@guichet`);
  put('sequence', booking.version);
  put('dtstamp', ICAL.Time.fromJSDate(booking.createdAt, true));
  put('dtstart', ICAL.Time.fromJSDate(booking.startsAt, true));
  put('dtend', ICAL.Time.fromJSDate(booking.endsAt, true));
  put('summary', inLanguage(title, booking.contact?.language ?? 'en'));
  put('location', [venue.name, venue.address].filter(Boolean).join(', '));
  if (venue.latitude !== undefined && venue.longitude !== undefined) {
    put('geo', [venue.latitude, venue.longitude]);
  }
  put('description', booking.reference);
  put('status', 'CONFIRMED');

  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Guichet//Booking//EN');
  calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}
