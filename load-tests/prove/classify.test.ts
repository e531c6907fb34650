import { expect, test } from 'vitest';
import type { Kept } from './books.ts';
import { createResolver, lostAnswers } from './classify.ts';
import type { Operation } from './history/operation.ts';

const booking: Kept = {
  id: 'a',
  slotId: 'slot',
  email: 'a@example.com',
  status: 'CANCELLED',
  places: 2,
  totalCents: 4_200,
  extended: false,
  began: true,
  paid: true,
  confirmed: true,
};
const books = {
  bookings: [booking],
  charges: new Map([['a', { charges: 1, cents: 4_200, refunded: 4_200 }]]),
};
const asked = (op: Operation['op'], more: Partial<Operation> = {}): Operation => ({
  client: 1,
  op,
  slotId: 'slot',
  bookingId: 'a',
  called: 0,
  returned: 1,
  outcome: 'unknown',
  during: '',
  ...more,
});

test.for([
  ['a hold whose key has a booking', asked('hold', { key: 'key a' }), 'happened'],
  ['a hold whose key has none', asked('hold', { key: 'key b' }), 'did not happen'],
  ['a cancellation that was done', asked('cancel'), 'happened'],
  ['an extension that was not', asked('extend'), 'did not happen'],
  ['a payment that began', asked('begin'), 'happened'],
  ['a card that was charged', asked('card'), 'happened'],
  ['a look', asked('look'), 'only looked'],
] as const)('what was not answered is looked up: %s', ([, operation, resolved]) => {
  expect(createResolver(books, new Map([['key a', 'a']]))(operation)).toBe(resolved);
});

const answered = (op: Operation['op'], more: Partial<Operation> = {}) =>
  asked(op, { outcome: 'ok', ...more });

test('what was answered and is in the books is not lost', () => {
  const operations = [
    answered('hold', { places: 2 }),
    answered('begin'),
    answered('card', { status: 'succeeded' }),
    answered('show', { status: 'CONFIRMED' }),
    answered('cancel', { status: 'CANCELLED' }),
    answered('look'),
  ];
  expect(lostAnswers(operations, books)).toEqual([]);
});

test.for([
  answered('hold', { places: 2, bookingId: 'gone' }),
  answered('hold', { places: 3 }),
  answered('extend'),
])('what was answered and is not in the books is lost: %j', (operation) => {
  expect(lostAnswers([operation], books)).toEqual([operation]);
});

test.for([
  ['cancelled', answered('cancel', { status: 'CANCELLED' }), { ...booking, status: 'CONFIRMED' }],
  ['confirmed', answered('show', { status: 'CONFIRMED' }), { ...booking, confirmed: false }],
  ['begun', answered('begin'), { ...booking, began: false }],
] as const)('a booking that was said to be %s and is not is lost', ([, operation, kept]) => {
  expect(lostAnswers([operation], { ...books, bookings: [kept] })).toEqual([operation]);
});
