import type { PriceLine } from '@guichet/contracts/quotes';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import type { KnownBooking, KnownOffering } from '../offerings/known-store.ts';
import { dateAt, money } from '../templates/format.ts';
import type { PricedLine, Ticket } from '../templates/template.ts';
import { textsIn } from '../templates/texts.ts';

/** A booking as its ticket shows it. */
export function ticketOf(
  booking: KnownBooking,
  { offering, organiser }: KnownOffering,
  language: Language,
): Ticket {
  const { venue, title } = offering;
  return {
    title: inLanguage(title, language),
    organiser: organiser.name,
    reference: booking.reference,
    when: dateAt(booking.startsAt, venue.timeZone, language),
    venue: venue.name,
    address: venue.address ?? '',
    places: booking.places,
  };
}

/** The lines of the price under the names that the offering gives them. */
export function pricedLines(
  { lines, currency }: KnownBooking,
  { offering }: KnownOffering,
  language: Language,
): PricedLine[] {
  const named = { fare: offering.fares, option: offering.options, fee: offering.fees };
  const nameOf = ({ kind, code }: PriceLine) => {
    const found = named[kind].find((one) => one.code === code);
    // A later version of the offering may have dropped what was bought under an earlier one.
    return found ? inLanguage(found.name, language) : kind === 'fee' ? textsIn[language].fee : code;
  };
  return lines.map((line) => ({
    name: nameOf(line),
    quantity: line.quantity,
    amount: money(line.totalCents, currency, language),
  }));
}
