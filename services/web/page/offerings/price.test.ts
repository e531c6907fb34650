import { expect, test } from 'vitest';
import { offeringWith } from './offering-test.ts';
import { priceFrom, withTax } from './price.ts';

const apron = {
  code: 'apron',
  name: { en: 'Apron' },
  priceCents: 250,
  per: 'booking',
  minimum: 1,
  maximum: 1,
  requires: [],
  excludes: [],
} as const;
const vat = { code: 'vat', name: { en: 'VAT' }, basisPoints: 2_000, included: false } as const;

test('a price is with the tax that is not in it, and as it is where it is', () => {
  expect(withTax(offeringWith({ tax: vat }), 9_500)).toBe(11_400);
  expect(withTax(offeringWith({ tax: { ...vat, included: true } }), 9_500)).toBe(9_500);
  expect(withTax(offeringWith(), 9_500)).toBe(9_500);
});

test('“from” has in it what everybody has to take along, and the fee on that', () => {
  const service = {
    code: 'service',
    name: { en: 'Service' },
    per: 'amount',
    basisPoints: 400,
  } as const;
  const offering = offeringWith({
    options: [{ ...apron, requires: [], excludes: [] }],
    fees: [service],
    tax: vat,
  });

  expect(priceFrom(offering)).toBe(1_200 + 300 + 60);
});
