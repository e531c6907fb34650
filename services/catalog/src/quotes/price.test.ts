import { Refusal } from '@guichet/contracts/refusal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySale } from './arbitrary-offering-test.ts';
import { configure } from './configure.ts';
import { priceOf } from './price.ts';
import type { Choice, Priced } from './quote.ts';

const priced = (offering: Priced, choice: Choice) => priceOf(offering, configure(offering, choice));

/** Holds a property of every sale that was drawn. */
const ofEverySale = (holds: (offering: Priced, choice: Choice) => void) =>
  fc.assert(
    fc.property(arbitrarySale, ({ offering, choice }) => holds(offering, choice)),
    { numRuns: 500 },
  );

const name = { en: 'Name' };
const ride: Priced = {
  fares: [
    { code: 'adult', name, priceCents: 1_999, takesPlace: true, minimum: 0, maximum: 10 },
    { code: 'baby', name, priceCents: 0, takesPlace: false, minimum: 0, maximum: 2 },
  ],
  options: [
    {
      code: 'brunch',
      name,
      priceCents: 1_250,
      per: 'place',
      minimum: 0,
      maximum: 2,
      requires: [],
      excludes: [],
    },
    {
      code: 'photo',
      name,
      priceCents: 700,
      per: 'booking',
      minimum: 0,
      maximum: 5,
      requires: [],
      excludes: [],
    },
  ],
  fees: [
    { code: 'harbour', name, per: 'place', amountCents: 150 },
    { code: 'file', name, per: 'booking', amountCents: 199 },
    { code: 'service', name, per: 'amount', basisPoints: 250 },
  ],
  tax: { code: 'vat', name, basisPoints: 1_000, included: true },
  party: { minimum: 1, maximum: 10 },
};
const choice: Choice = {
  party: { adult: 2, baby: 1 },
  options: [
    { code: 'brunch', quantity: 1 },
    { code: 'photo', quantity: 3 },
  ],
};

describe('an example by hand', () => {
  test('prices fares, options and fees by place, by booking and by amount', () => {
    const { lines, totalCents, taxCents } = priced(ride, choice);

    expect(
      lines.map((line) => [
        line.code,
        line.quantity,
        line.unitCents,
        line.taxCents,
        line.totalCents,
      ]),
    ).toEqual([
      ['adult', 2, 1_999, 363, 3_998],
      ['baby', 1, 0, 0, 0],
      ['brunch', 2, 1_250, 227, 2_500],
      ['photo', 3, 700, 191, 2_100],
      ['harbour', 2, 150, 27, 300],
      ['file', 1, 199, 18, 199],
      // 2.5 % of 8,598 is 214.95.
      ['service', 1, 215, 20, 215],
    ]);
    expect({ totalCents, taxCents }).toEqual({ totalCents: 9_312, taxCents: 846 });
  });

  test('adds a tax that the prices do not include, half a cent up', () => {
    const tax = { code: 'vat', name, basisPoints: 750, included: false };
    const { lines } = priced({ ...ride, fees: [], options: [], tax }, { ...choice, options: [] });

    // 7.5 % of 3,998 is 299.85, and of 1,999 would be 149.925: rounded once on the line.
    expect(lines[0]).toMatchObject({ unitCents: 1_999, taxCents: 300, totalCents: 4_298 });
  });

  test('refuses a price above what can be booked', () => {
    const fares = ride.fares.map((fare) => ({ ...fare, priceCents: 60_000_000 }));

    expect(() => priced({ ...ride, fares }, choice)).toThrow(Refusal);
  });
});

describe('of every sale', () => {
  test('the lines sum to the total, and their taxes to the tax', () =>
    ofEverySale((offering, sale) => {
      const { lines, totalCents, taxCents } = priced(offering, sale);

      expect(lines.reduce((sum, line) => sum + line.totalCents, 0)).toBe(totalCents);
      expect(lines.reduce((sum, line) => sum + line.taxCents, 0)).toBe(taxCents);
    }));

  test('every number is a whole one', () =>
    ofEverySale((offering, sale) => {
      const { lines, totalCents, taxCents } = priced(offering, sale);
      const numbers = lines.flatMap(({ quantity, unitCents, taxCents: tax, totalCents: total }) => [
        quantity,
        unitCents,
        tax,
        total,
      ]);

      expect([...numbers, totalCents, taxCents].every(Number.isSafeInteger)).toBe(true);
    }));

  test('the tax of a line is the nearest cent to its exact share, half a cent going up', () =>
    ofEverySale((offering, sale) => {
      const points = offering.tax?.basisPoints ?? 0;
      const included = offering.tax?.included ?? true;

      for (const line of priced(offering, sale).lines) {
        const amount = line.quantity * line.unitCents;
        const parts = included ? 10_000 + points : 10_000;
        // Compared in parts of a cent, so that the check itself rounds nothing.
        const excess = line.taxCents * parts - amount * points;
        expect(2 * excess).toBeGreaterThan(-parts);
        expect(2 * excess).toBeLessThanOrEqual(parts);
        expect(line.totalCents).toBe(included ? amount : amount + line.taxCents);
      }
    }));

  test('the order of options and of fares in the request means nothing', () =>
    ofEverySale((offering, sale) => {
      const turned: Choice = {
        party: Object.fromEntries(Object.entries(sale.party).reverse()),
        options: sale.options.toReversed(),
      };

      expect(priced(offering, turned)).toEqual(priced(offering, sale));
    }));

  test('an option chosen in two parts costs what it costs in one', () =>
    ofEverySale((offering, sale) => {
      const parts = sale.options.flatMap(({ code, quantity }) =>
        Array.from({ length: quantity }, () => ({ code, quantity: 1 })),
      );

      expect(priced(offering, { ...sale, options: parts })).toEqual(priced(offering, sale));
    }));

  test('one person more, or one option more, never costs less', () =>
    ofEverySale((offering, sale) => {
      const { totalCents } = priced(offering, sale);

      for (const { code } of offering.fares) {
        const party = { ...sale.party, [code]: (sale.party[code] ?? 0) + 1 };
        expect(priced(offering, { ...sale, party }).totalCents).toBeGreaterThanOrEqual(totalCents);
      }
      for (const { code } of offering.options) {
        const options = [...sale.options, { code, quantity: 1 }];
        expect(priced(offering, { ...sale, options }).totalCents).toBeGreaterThanOrEqual(
          totalCents,
        );
      }
    }));
});
