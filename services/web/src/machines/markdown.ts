import type { OfferingView } from '@guichet/contracts/offerings';
import type { OrganiserView } from '@guichet/contracts/organisers';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import type { Slot } from '../shop/shop.ts';

/** A page of them; the API has the rest. */
const mostSlots = 100;

const oneLine = (text: string) => text.replace(/[|<>[\]\s]+/g, ' ').trim();
const price = (cents: number, currency: string) => `${(cents / 100).toFixed(2)} ${currency}`;

function choices(offering: OfferingView, language: Language): string[] {
  const { fares, options, fees, currency, party } = offering;
  const line = (code: string, name: string, rest: string) =>
    `- \`${code}\`: ${oneLine(name)}, ${rest}`;
  return [
    '## Fares',
    ...fares.map(({ code, name, priceCents, takesPlace }) =>
      line(
        code,
        inLanguage(name, language),
        `${price(priceCents, currency)}${takesPlace ? '' : ', takes no place'}`,
      ),
    ),
    `A booking has ${party.minimum} to ${party.maximum} places.`,
    ...(options.length > 0
      ? [
          '## Options',
          ...options.map(({ code, name, priceCents, per }) =>
            line(code, inLanguage(name, language), `${price(priceCents, currency)} per ${per}`),
          ),
        ]
      : []),
    ...(fees.length > 0
      ? [
          '## Fees',
          ...fees.map(({ code, name }) => `- \`${code}\`: ${oneLine(inLanguage(name, language))}`),
        ]
      : []),
  ];
}

/** An offering for a program that reads: what it is, its dates, and how to book by the API. */
export function offeringMarkdown({
  offering,
  organiser,
  slots,
  language,
  publicUrl,
}: {
  offering: OfferingView;
  organiser: OrganiserView | undefined;
  slots: readonly Slot[];
  language: Language;
  publicUrl: string;
}): string {
  const { id, venue } = offering;
  const [fare] = offering.fares;
  return [
    `# ${oneLine(inLanguage(offering.title, language))}`,
    oneLine(inLanguage(offering.description, language)),
    '',
    `- Organiser: ${oneLine(organiser?.name ?? '')}`,
    `- Place: ${oneLine([venue.name, venue.address].filter(Boolean).join(', '))} (${venue.timeZone})`,
    `- Page: ${publicUrl}/${language}/offerings/${id}`,
    `- Calendar: ${publicUrl}/${language}/offerings/${id}.ics`,
    '',
    ...choices(offering, language),
    '',
    '## Dates',
    '| slotId | starts | ends | state | places left |',
    '| --- | --- | --- | --- | --- |',
    ...slots
      .slice(0, mostSlots)
      .map(
        ({ slotId, startsAt, endsAt, state, remaining }) =>
          `| ${slotId} | ${startsAt} | ${endsAt} | ${state} | ${remaining} |`,
      ),
    '',
    '## How to book',
    `The API is described at ${publicUrl}/api/openapi.json; prices are in cents of ${offering.currency}.`,
    `1. \`GET ${publicUrl}/api/availability?offeringId=${id}\`: what is left now.`,
    `2. \`POST ${publicUrl}/api/offerings/${id}/quotes\` with \`{ "slotId": "…", "party": { "${fare?.code ?? 'adult'}": 2 }, "options": [] }\`: a price that holds for ten minutes.`,
    `3. \`POST ${publicUrl}/api/bookings\` with \`{ "quote": "…", "contact": { … } }\` and an \`Idempotency-Key\`: the places are held for ten minutes; keep \`manageToken\`.`,
    `4. Send the customer to ${publicUrl}/${language}/checkout/<booking id>#<manageToken> to pay. Never ask for card numbers.`,
    '',
  ].join('\n');
}
