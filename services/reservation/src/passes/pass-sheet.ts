import { inLanguage, type Language } from '@guichet/contracts/shapes';
import { asksNames, type Booking } from '../bookings/booking.ts';
import type { KnownOffering } from '../offerings/offering-store.ts';
import { wordsIn } from './pass-words.ts';

/** The passes of a booking as they are printed, every word in their reader's language. */
export type PassSheet = {
  readonly language: Language;
  readonly organiser: string;
  readonly title: string;
  /** At the venue, since that is where one must be. */
  readonly when: string;
  readonly venue: string;
  readonly address: string;
  readonly reference: string;
  /** Of the booking, not of the paper: printed twice, it is the same to the byte. */
  readonly writtenAt: Date;
  /** One a pass: its code, and who it admits. */
  readonly pages: readonly { readonly code: string; readonly admits: string }[];
};

type Printed = Pick<
  Booking,
  'reference' | 'contact' | 'startsAt' | 'attendees' | 'places' | 'quote' | 'createdAt'
>;

/** `2 × Adult, 1 × Child`; the number of places alone where the fares' names are not known. */
function partyInWords(
  { quote, places }: Printed,
  { fares }: Pick<KnownOffering, 'fares'>,
  language: Language,
): string {
  if (fares.length === 0) return wordsIn[language].places(places);
  const nameOf = (code: string) => {
    const fare = fares.find((one) => one.code === code);
    // A later version of the offering may have dropped what was bought under an earlier one.
    return fare ? inLanguage(fare.name, language) : code;
  };
  return Object.entries(quote.party)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => `${count} × ${nameOf(code)}`)
    .join(', ');
}

export function passSheet(
  booking: Printed,
  codes: readonly string[],
  offering: Pick<KnownOffering, 'title' | 'venue' | 'fares'>,
  organiser: string,
): PassSheet {
  const language = booking.contact?.language ?? 'en';
  const { venue } = offering;
  const admits = (at: number): string => {
    const attendee = asksNames(booking) ? booking.attendees[at] : undefined;
    return attendee
      ? `${attendee.firstName} ${attendee.lastName}`
      : partyInWords(booking, offering, language);
  };
  return {
    language,
    organiser,
    title: inLanguage(offering.title, language),
    when: new Intl.DateTimeFormat(language, {
      dateStyle: 'full',
      timeStyle: 'short',
      timeZone: venue.timeZone,
    }).format(booking.startsAt),
    venue: venue.name,
    address: venue.address ?? '',
    reference: booking.reference,
    writtenAt: booking.createdAt,
    pages: codes.map((code, at) => ({ code, admits: admits(at) })),
  };
}
