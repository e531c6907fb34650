import { type CreateOffering, createOfferingBody } from '@guichet/contracts/offerings';
import { Refusal } from '@guichet/contracts/refusal';
import { expect, test } from 'vitest';
import { checkOffering } from './check-offering.ts';

const name = { en: 'Name' };
const fare = (code: string, rules = {}) => ({ code, name, priceCents: 1_000, ...rules });
const option = (code: string, rules = {}) => ({
  code,
  name,
  priceCents: 100,
  per: 'place' as const,
  ...rules,
});

const offering = (changes: object): CreateOffering =>
  createOfferingBody.parse({
    kind: 'event',
    title: name,
    description: name,
    venue: { name: 'Hall', timeZone: 'Europe/Paris' },
    currency: 'EUR',
    fares: [fare('adult')],
    ...changes,
  });

const faultsOf = (changes: object): unknown => {
  try {
    checkOffering(offering(changes), { currency: 'EUR' });
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.details as { errors: { path: string }[] }).errors.map(({ path }) => path);
  }
};

test('takes an offering with options that require and exclude each other sensibly', () => {
  const options = [
    option('brunch', { excludes: ['lunch'] }),
    option('champagne', { requires: ['brunch'] }),
    option('lunch', { excludes: ['brunch'] }),
    option('left', { requires: ['right'] }),
    option('right', { requires: ['left'] }),
  ];
  const refundRules = [
    { hoursBefore: 48, percent: 100 },
    { hoursBefore: 24, percent: 50 },
  ];

  expect(faultsOf({ options, refundRules })).toEqual([]);
  expect(faultsOf({ asksNames: true, party: { minimum: 1, maximum: 50 } })).toEqual([]);
});

test.each([
  ['another currency', { currency: 'CHF' }, ['currency']],
  ['a fare twice', { fares: [fare('adult'), fare('adult')] }, ['fares.1.code']],
  ['an option twice', { options: [option('a'), option('a')] }, ['options.1.code']],
  [
    'a fee twice',
    {
      fees: [
        { code: 'a', name, per: 'place', amountCents: 1 },
        { code: 'a', name, per: 'amount', basisPoints: 1 },
      ],
    },
    ['fees.1.code'],
  ],
  [
    'a fare whose minimum is above its maximum',
    { fares: [fare('adult', { minimum: 3, maximum: 2 })] },
    ['fares.0.minimum'],
  ],
  ['no fare that takes a place', { fares: [fare('baby', { takesPlace: false })] }, ['fares']],
  [
    'a party whose minimum is above its maximum',
    { party: { minimum: 5, maximum: 2 } },
    ['party.minimum'],
  ],
  [
    'names asked of more than fit in one booking',
    { asksNames: true, party: { minimum: 1, maximum: 51 } },
    ['party.maximum'],
  ],
  [
    'fares that no party can fill',
    { fares: [fare('adult', { maximum: 2 })], party: { minimum: 3, maximum: 5 } },
    ['party'],
  ],
  [
    'an option whose minimum is above its maximum',
    { options: [option('a', { minimum: 2 })] },
    ['options.0.minimum'],
  ],
  [
    'an unknown option required',
    { options: [option('a', { requires: ['b'] })] },
    ['options.0.requires.0'],
  ],
  [
    'an unknown option excluded',
    { options: [option('a', { excludes: ['b'] })] },
    ['options.0.excludes.0'],
  ],
  [
    'an option that excludes itself',
    { options: [option('a', { excludes: ['a'] })] },
    ['options.0.excludes.0'],
  ],
  [
    'an option that excludes what it requires, some steps away',
    {
      options: [
        option('a', { requires: ['b'] }),
        option('b', { requires: ['c'] }),
        option('c', { excludes: ['a'] }),
      ],
    },
    ['options.0'],
  ],
  [
    'two mandatory options that exclude each other',
    { options: [option('a', { minimum: 1 }), option('b', { minimum: 1, excludes: ['a'] })] },
    ['options'],
  ],
  [
    'two refund rules for one hour',
    {
      refundRules: [
        { hoursBefore: 24, percent: 50 },
        { hoursBefore: 24, percent: 60 },
      ],
    },
    ['refundRules.1.hoursBefore'],
  ],
  [
    'less back for cancelling earlier',
    {
      refundRules: [
        { hoursBefore: 48, percent: 20 },
        { hoursBefore: 24, percent: 50 },
      ],
    },
    ['refundRules.0.percent'],
  ],
])('refuses %s', (_, changes, paths) => {
  expect(faultsOf(changes)).toEqual(paths);
});
