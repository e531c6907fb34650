import type { Fare, Fee, OfferingOption, Tax } from '@guichet/contracts/offering-parts';
import fc from 'fast-check';
import type { Choice, Priced } from './quote.ts';

/** Offerings and choices for property tests: any prices, fees and taxes; rules that all can keep. */
const name = { en: 'Name' };
const cents = fc.integer({ min: 0, max: 50_000 });
const codes = (prefix: string, maxLength: number) =>
  fc
    .integer({ min: 1, max: maxLength })
    .map((count) => Array.from({ length: count }, (_, nth) => `${prefix}${nth}`));

const fareOf = (code: string, first: boolean): fc.Arbitrary<Fare> =>
  fc.record({
    code: fc.constant(code),
    name: fc.constant(name),
    priceCents: cents,
    takesPlace: first ? fc.constant(true) : fc.boolean(),
    minimum: fc.constant(0),
    maximum: fc.constant(1_000),
  });

const optionOf = (code: string): fc.Arbitrary<OfferingOption> =>
  fc.record({
    code: fc.constant(code),
    name: fc.constant(name),
    priceCents: cents,
    per: fc.constantFrom('place', 'booking'),
    minimum: fc.constant(0),
    maximum: fc.constant(1_000),
    requires: fc.constant([]),
    excludes: fc.constant([]),
  });

const feeOf = (code: string): fc.Arbitrary<Fee> =>
  fc.oneof(
    fc.record({
      code: fc.constant(code),
      name: fc.constant(name),
      per: fc.constantFrom('place', 'booking'),
      amountCents: cents,
    }),
    fc.record({
      code: fc.constant(code),
      name: fc.constant(name),
      per: fc.constant('amount' as const),
      basisPoints: fc.integer({ min: 1, max: 10_000 }),
    }),
  );

const tax: fc.Arbitrary<Tax | null> = fc.option(
  fc.record({
    code: fc.constant('vat'),
    name: fc.constant(name),
    basisPoints: fc.integer({ min: 0, max: 10_000 }),
    included: fc.boolean(),
  }),
);

const each =
  <T>(of: (code: string, first: boolean) => fc.Arbitrary<T>) =>
  (list: readonly string[]) =>
    fc.tuple(...list.map((code, nth) => of(code, nth === 0)));

export const arbitraryOffering: fc.Arbitrary<Priced> = fc.record({
  fares: codes('fare', 4).chain(each(fareOf)),
  options: codes('option', 4).chain(each(optionOf)),
  fees: codes('fee', 3).chain(each(feeOf)),
  tax,
  party: fc.constant({ minimum: 1, maximum: 1_000 }),
});

/** An offering, and a choice that keeps its rules. */
export const arbitrarySale: fc.Arbitrary<{ offering: Priced; choice: Choice }> =
  arbitraryOffering.chain((offering) =>
    fc.record({
      offering: fc.constant(offering),
      choice: fc.record({
        party: fc
          .tuple(...offering.fares.map((_, nth) => fc.integer({ min: nth === 0 ? 1 : 0, max: 8 })))
          .map((counts) =>
            Object.fromEntries(offering.fares.map(({ code }, nth) => [code, counts[nth] ?? 0])),
          ),
        options: fc.subarray(
          offering.options.map(({ code }, nth) => ({ code, quantity: nth + 1 })),
        ),
      }),
    }),
  );
