import type { OfferingView } from '@guichet/contracts/offerings';
import type { OrganiserView } from '@guichet/contracts/organisers';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import type { Slot } from '../shop/shop.ts';

/** Search engines read the next dates; a season of them would be a page of its own. */
const mostDates = 20;

const availabilityOf: Readonly<Record<Slot['state'], string>> = {
  available: 'https://schema.org/InStock',
  few_left: 'https://schema.org/LimitedAvailability',
  sold_out: 'https://schema.org/SoldOut',
  not_on_sale: 'https://schema.org/PreOrder',
  closed: 'https://schema.org/Discontinued',
};
const typeOf = { event: 'Event', ride: 'Event', course: 'CourseInstance' } as const;

/** Cents as schema.org writes a price: "12.50". */
const priceOf = (cents: number) => (cents / 100).toFixed(2);

/** An offering and its next dates as schema.org knows them (Event, Offer; schema.org 29). */
export function eventOf({
  offering,
  organiser,
  slots,
  language,
  url,
}: {
  offering: OfferingView;
  organiser: OrganiserView | undefined;
  slots: readonly Slot[];
  language: Language;
  url: string;
}): object {
  const { venue, fares, currency } = offering;
  const paying = fares.filter(({ takesPlace }) => takesPlace).map(({ priceCents }) => priceCents);
  const prices = paying.length > 0 ? paying : fares.map(({ priceCents }) => priceCents);
  const place = {
    '@type': 'Place',
    name: venue.name,
    ...(venue.address ? { address: venue.address } : {}),
    ...(venue.latitude !== undefined && venue.longitude !== undefined
      ? {
          geo: {
            '@type': 'GeoCoordinates',
            latitude: venue.latitude,
            longitude: venue.longitude,
          },
        }
      : {}),
  };
  const events = slots.slice(0, mostDates).map(({ startsAt, endsAt, state, remaining }) => ({
    '@type': typeOf[offering.kind],
    name: inLanguage(offering.title, language),
    description: inLanguage(offering.description, language),
    startDate: startsAt,
    endDate: endsAt,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    eventStatus: 'https://schema.org/EventScheduled',
    location: place,
    ...(organiser ? { organizer: { '@type': 'Organization', name: organiser.name } } : {}),
    remainingAttendeeCapacity: remaining,
    offers: {
      '@type': 'AggregateOffer',
      url,
      priceCurrency: currency,
      lowPrice: priceOf(Math.min(...prices)),
      highPrice: priceOf(Math.max(...prices)),
      availability: availabilityOf[state],
    },
  }));
  return { '@context': 'https://schema.org', '@graph': events };
}
