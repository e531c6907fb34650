import { type Language, languages } from '@guichet/contracts/shapes';
import { expect, test } from 'vitest';
import { aContact, quoteFor } from '../reservation-test.ts';
import { passSheet } from './pass-sheet.ts';

const slot = { id: 's', organiserId: 'o', offeringId: 'f' } as Parameters<typeof quoteFor>[0];
const offering = {
  title: { en: 'The Flute', fr: 'La Flûte' },
  venue: { name: 'Suntory Hall', timeZone: 'Asia/Tokyo' },
  fares: [
    { code: 'adult', name: { en: 'Adult', fr: 'Adulte' } },
    { code: 'child', name: { en: 'Child', fr: 'Enfant' } },
  ],
};
const party = { adult: 2, child: 1, baby: 1, senior: 0 };
const booking = {
  reference: '7KQM-3XHD',
  contact: { ...aContact, language: 'fr' as Language },
  // An evening in Tokyo: the day after, there, and nobody's own time zone among those who read it.
  startsAt: new Date('2027-03-02T16:30:00Z'),
  attendees: [] as { firstName: string; lastName: string }[],
  places: 3,
  quote: quoteFor(slot, 3, { party }),
  createdAt: new Date('2027-01-01T00:00:00Z'),
};
const sheetOf = (changes: Partial<typeof booking> = {}, known: object = {}) =>
  passSheet({ ...booking, ...changes }, ['ONE', 'TWO'], { ...offering, ...known }, 'Suntory');

test('a party is said in the words of its offering; a fare that is gone keeps its code', () => {
  expect(sheetOf()).toMatchObject({
    language: 'fr',
    title: 'La Flûte',
    organiser: 'Suntory',
    venue: 'Suntory Hall',
    address: '',
    pages: [
      { code: 'ONE', admits: '2 × Adulte, 1 × Enfant, 1 × baby' },
      { code: 'TWO', admits: '2 × Adulte, 1 × Enfant, 1 × baby' },
    ],
  });
});

test('a party whose fares are not known is counted', () => {
  expect(sheetOf({}, { fares: [] }).pages[0]?.admits).toBe('3 places');
  const alone = { contact: { ...aContact, language: 'de' as const }, places: 1 };
  expect(sheetOf(alone, { fares: [] }).pages[0]?.admits).toBe('1 Platz');
});

test('each pass is its attendee’s, in their order, where names are asked', () => {
  const quote = quoteFor(slot, 2, { names: true });
  const attendees = [
    { firstName: 'Ada', lastName: 'Lovelace' },
    { firstName: 'Mary', lastName: 'Somerville' },
  ];

  expect(sheetOf({ quote, attendees }).pages).toEqual([
    { code: 'ONE', admits: 'Ada Lovelace' },
    { code: 'TWO', admits: 'Mary Somerville' },
  ]);
});

test.each(languages)('in %s the date is the venue’s', (language) => {
  const { when } = sheetOf({ contact: { ...aContact, language } });

  expect(when).toMatch(/2027/);
  expect(when).toMatch(/\b3\b/);
  expect(when).toMatch(/0?1:30/);
});
