import { expect, test } from 'vitest';
import { configure } from './configure.ts';
import type { Choice, Priced } from './quote.ts';

const option = (code: string, rules: Partial<Priced['options'][number]> = {}) => ({
  code,
  name: { en: code.toUpperCase() },
  priceCents: 500,
  per: 'booking' as const,
  minimum: 0,
  maximum: 1,
  requires: [],
  excludes: [],
  ...rules,
});
const fare = (code: string, rules: Partial<Priced['fares'][number]> = {}) => ({
  code,
  name: { fr: code },
  priceCents: 1_000,
  takesPlace: true,
  minimum: 0,
  maximum: 1_000,
  ...rules,
});
const offering: Priced = {
  fares: [
    fare('adult'),
    fare('child', { maximum: 4 }),
    fare('baby', { takesPlace: false, maximum: 2 }),
  ],
  options: [
    option('brunch', { maximum: 2 }),
    option('champagne', { requires: ['brunch'] }),
    option('lunch', { excludes: ['brunch'] }),
  ],
  fees: [],
  tax: null,
  party: { minimum: 2, maximum: 6 },
};
const choose = (party: Choice['party'], ...options: string[]) =>
  configure(offering, { party, options: options.map((code) => ({ code, quantity: 1 })) });

test('counts people for the party and only some of them for places', () => {
  expect(choose({ adult: 2, child: 0, baby: 1 })).toEqual({
    party: { adult: 2, baby: 1 },
    places: 2,
    options: [],
  });
});

test('answers options in the offering’s order, each once', () => {
  expect(choose({ adult: 2 }, 'champagne', 'brunch', 'brunch').options).toEqual([
    { code: 'brunch', quantity: 2 },
    { code: 'champagne', quantity: 1 },
  ]);
});

test.each([
  ['party_empty', {}, [], 'Choose at least one place.'],
  ['party_empty', { adult: 0 }, [], 'Choose at least one place.'],
  ['party_too_small', { adult: 1 }, [], 'At least 2 people must book together.'],
  ['party_too_small', { baby: 2 }, [], 'At least one person must take a place.'],
  ['party_too_large', { adult: 7 }, [], 'At most 6 people can book together.'],
  ['fare_unknown', { adult: 2, dog: 1 }, [], 'There is no fare “dog”.'],
  ['fare_unknown', { adult: 2, constructor: 1 }, [], 'There is no fare “constructor”.'],
  ['fare_limit', { child: 5 }, [], 'At most 4 of the fare “child” (child) can be booked.'],
  ['option_unknown', { adult: 2 }, ['song'], 'There is no option “song”.'],
  [
    'option_limit',
    { adult: 2 },
    ['brunch', 'brunch', 'brunch'],
    'At most 2 of “BRUNCH” (brunch) can be chosen.',
  ],
  [
    'option_requires',
    { adult: 2 },
    ['champagne'],
    '“CHAMPAGNE” (champagne) can only be chosen with “BRUNCH” (brunch).',
  ],
  [
    'option_excludes',
    { adult: 2 },
    ['lunch', 'brunch'],
    '“LUNCH” (lunch) cannot be chosen with “BRUNCH” (brunch).',
  ],
] as const)('refuses %s for %j with %j', (code, party, options, sentence) => {
  expect(() => choose(party, ...options)).toThrow(
    expect.objectContaining({ code, message: sentence }),
  );
});

test('refuses a party without what it must have', () => {
  const guided = {
    ...offering,
    fares: [fare('guide', { minimum: 1 }), fare('adult')],
    options: [option('insurance', { minimum: 1 })],
  };

  expect(() => configure(guided, { party: { adult: 2 }, options: [] })).toThrow(
    expect.objectContaining({ code: 'fare_limit' }),
  );
  expect(() => configure(guided, { party: { adult: 1, guide: 1 }, options: [] })).toThrow(
    expect.objectContaining({ code: 'option_limit' }),
  );
});

test('counts a fare that is called like a part of every object', () => {
  const odd = { ...offering, fares: [fare('adult'), fare('constructor')] };

  expect(configure(odd, { party: { adult: 2 }, options: [] }).party).toEqual({ adult: 2 });
});
