import { describe, expect, test } from 'vitest';
import { chosenOptions, chosenParty, firstChoice, isOpen, placesOf } from './choice.ts';
import { offeringWith } from './offering-test.ts';
import { priceFrom } from './price.ts';

const option = (code: string, changed: object = {}) => ({
  code,
  name: { en: code },
  priceCents: 100,
  per: 'booking' as const,
  minimum: 0,
  maximum: 1,
  requires: [],
  excludes: [],
  ...changed,
});

describe('the first choice', () => {
  test('is the smallest party that would be sold, of a fare that takes a place', () => {
    expect(firstChoice(offeringWith()).party).toEqual({ baby: 0, adult: 1, child: 0 });
    const large = offeringWith({ party: { minimum: 4, maximum: 9 } });
    expect(firstChoice(large).party).toEqual({ baby: 0, adult: 4, child: 0 });
  });

  test('has what is mandatory', () => {
    const offering = offeringWith({
      options: [option('deposit', { minimum: 1 }), option('guide')],
    });
    expect(chosenOptions(firstChoice(offering).options)).toEqual([
      { code: 'deposit', quantity: 1 },
    ]);
  });
});

test('a baby on a lap takes no place, and whoever does not come is not named', () => {
  const party = { adult: 2, baby: 1, child: 0 };
  expect(placesOf(offeringWith(), party)).toBe(2);
  expect(chosenParty(party)).toEqual({ adult: 2, baby: 1 });
});

describe('an option is open', () => {
  const all = [
    option('brunch', { requires: ['table'] }),
    option('table'),
    option('picnic', { excludes: ['brunch'] }),
  ];
  const open = (code: string, chosen: Record<string, number>) =>
    isOpen(all.find((one) => one.code === code) ?? option(code), all, chosen);

  test('while all that it needs is chosen', () => {
    expect(open('brunch', {})).toBe(false);
    expect(open('brunch', { table: 1 })).toBe(true);
  });

  test('while nothing excludes it, whichever of the two says so', () => {
    expect(open('picnic', { brunch: 1 })).toBe(false);
    expect(open('brunch', { table: 1, picnic: 1 })).toBe(false);
    expect(open('table', { picnic: 1 })).toBe(true);
  });
});

test('what it costs from is the cheapest place, with every fee and tax', () => {
  expect(priceFrom(offeringWith())).toBe(1_000);
  const withFees = offeringWith({
    fees: [
      { code: 'service', name: { en: 'Service' }, per: 'amount', basisPoints: 200 },
      { code: 'landing', name: { en: 'Landing' }, per: 'place', amountCents: 50 },
    ],
    tax: { code: 'vat', name: { en: 'VAT' }, basisPoints: 2_000, included: false },
  });
  expect(priceFrom(withFees)).toBe(Math.round((1_000 + 20 + 50) * 1.2));
});
