import type { BookingView, Contact } from '@guichet/contracts/bookings';
import type { Key } from '../i18n/t.ts';
import { tab } from '../storage.ts';
import type { Faults } from '../ui/form-errors.tsx';

/** What is filled in, kept as it was typed. */
export type Details = {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly attendees: readonly { readonly firstName: string; readonly lastName: string }[];
  readonly accepted: boolean;
};

const kept = 'guichet.details';

/** What a booking has of them, and `before` where it has none. */
export function detailsOf(
  { contact, attendees, asksNames, places }: BookingView,
  before: Partial<Details> = {},
): Details {
  const named = attendees.length > 0 ? attendees : (before.attendees ?? []);
  return {
    email: contact?.email ?? before.email ?? '',
    firstName: contact?.firstName ?? before.firstName ?? '',
    lastName: contact?.lastName ?? before.lastName ?? '',
    phone: contact?.phone ?? before.phone ?? '',
    attendees: asksNames
      ? Array.from({ length: places }, (_, at) => named[at] ?? { firstName: '', lastName: '' })
      : [],
    accepted: false,
  };
}

/** A booking that has expired leaves its details to the next one; they end with the tab. */
export const firstDetails = (booking: BookingView): Details =>
  detailsOf(booking, JSON.parse(tab.get(kept) ?? '{}') as Partial<Details>);

export const keepDetails = ({ accepted: _, ...details }: Details): void =>
  tab.set(kept, JSON.stringify(details));

/** What is wrong, under the name of its field. The API has the last word. */
export function faultsOf({
  email,
  firstName,
  lastName,
  phone,
  attendees,
  accepted,
}: Details): Faults {
  const faults: Record<string, Key> = {};
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) faults.email = 'field.email';
  if (!firstName.trim()) faults.firstName = 'field.needed';
  if (!lastName.trim()) faults.lastName = 'field.needed';
  if (phone.trim() && !/^\+?[0-9 ().-]{5,30}$/.test(phone.trim())) faults.phone = 'field.phone';
  for (const [at, attendee] of attendees.entries()) {
    if (!attendee.firstName.trim()) faults[`attendees.${at}.firstName`] = 'field.needed';
    if (!attendee.lastName.trim()) faults[`attendees.${at}.lastName`] = 'field.needed';
  }
  if (!accepted) faults.accepted = 'field.terms';
  return faults;
}

export function contactOf(details: Details, language: Contact['language']): Contact {
  const phone = details.phone.trim();
  return {
    email: details.email.trim(),
    firstName: details.firstName.trim(),
    lastName: details.lastName.trim(),
    ...(phone ? { phone } : {}),
    language,
  };
}
