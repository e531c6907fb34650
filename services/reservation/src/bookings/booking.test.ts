import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createManageTokens } from '../access/manage-token.ts';
import { newReference } from '../placing/reference.ts';
import { quoteFor } from '../reservation-test.ts';
import { decideNoChange } from './change-booking.ts';
import { decideRefund } from './refund.ts';

const startsAt = new Date('2027-06-04T20:00:00Z');
const hoursBefore = (hours: number) => new Date(startsAt.getTime() - hours * 3_600_000);
const rules = [
  { hoursBefore: 24, percent: 50 },
  { hoursBefore: 48, percent: 100 },
];

test('a refund follows the strictest rule that is still met', () => {
  const refundAt = (hours: number) =>
    decideRefund({ paidCents: 2501, rules, startsAt, now: hoursBefore(hours) });

  expect(refundAt(48)).toEqual({ refundCents: 2501, keptCents: 0, percent: 100 });
  expect(refundAt(47.9)).toEqual({ refundCents: 1251, keptCents: 1250, percent: 50 });
  expect(refundAt(23.9)).toEqual({ refundCents: 0, keptCents: 2501, percent: 0 });
  expect(decideRefund({ paidCents: 100, rules: [], startsAt, now: hoursBefore(99) })).toEqual({
    refundCents: 0,
    keptCents: 100,
    percent: 0,
  });
});

test('what is given back and what is kept are the price, to the cent', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), fc.nat(100), fc.nat(100), (paidCents, percent, hours) => {
      const { refundCents, keptCents } = decideRefund({
        paidCents,
        rules: [{ hoursBefore: 50, percent }],
        startsAt,
        now: hoursBefore(hours),
      });
      expect(refundCents + keptCents).toBe(paidCents);
      expect(refundCents).toBeGreaterThanOrEqual(0);
      expect(keptCents).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a change that was not made is refused by the first of its reasons', () => {
  const slot = { id: 's', organiserId: 'o', offeringId: 'f' } as Parameters<typeof quoteFor>[0];
  const quote = quoteFor(slot, 2, { names: true });
  const named = { status: 'CONFIRMED' as const, quote, places: 2, departed: true };
  const two = { attendees: ['Ada', 'Mary'].map((firstName) => ({ firstName, lastName: 'L' })) };
  const codeOf = (booking: Partial<typeof named> | { status: 'EXPIRED' }, changes: object) =>
    decideNoChange({ ...named, ...booking }, changes).code;

  expect(codeOf({ status: 'EXPIRED' }, { attendees: [] })).toBe('booking_ended');
  expect(codeOf({ quote: quoteFor(slot) }, { attendees: [] })).toBe('attendees_not_asked');
  expect(codeOf({}, { attendees: [] })).toBe('attendees_mismatch');
  expect(codeOf({}, two)).toBe('slot_departed');
  expect(codeOf({}, { language: 'fr' })).toBe('contact_missing');
});

test('a reference is short, speakable and drawn anew each time', () => {
  const references = new Set(Array.from({ length: 2_000 }, newReference));

  expect(references.size).toBe(2_000);
  for (const reference of references) {
    expect(reference).toMatch(/^[34679CDFGHJKMNPQRTVWXY]{4}-[34679CDFGHJKMNPQRTVWXY]{4}$/);
  }
});

test('a manage token opens its own booking alone, also after its key stopped signing', () => {
  const first = [1, Buffer.alloc(32, 1)] as const;
  const old = createManageTokens(new Map([first]));
  const now = createManageTokens(new Map([first, [2, Buffer.alloc(32, 2)]]));
  const token = old.make('a');

  expect(now.verify('a', token)).toBe(true);
  expect(now.make('a', 1)).toBe(token);
  expect(now.make('a')).not.toBe(token);
  expect(now.verify('b', token)).toBe(false);
  expect(old.verify('a', now.make('a'))).toBe(false);
  for (const wrong of ['', 'AQ', 'x'.repeat(44), `${token}AAAA`]) {
    expect(now.verify('a', wrong)).toBe(false);
  }
});
