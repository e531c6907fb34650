import { expect, test } from 'vitest';
import { bookingsWrong, moneyWrong } from './at-rest.ts';
import type { Kept } from './books.ts';

const confirmed: Kept = {
  id: 'a',
  slotId: 'slot',
  email: 'a@example.com',
  status: 'CONFIRMED',
  places: 2,
  totalCents: 4_200,
  extended: false,
  began: true,
  paid: true,
  confirmed: true,
};
const paid = { charges: 1, cents: 4_200, refunded: 0 };

test('money and bookings go together, or the money has gone back', () => {
  expect(moneyWrong(confirmed, paid)).toBeUndefined();
  expect(moneyWrong({ ...confirmed, totalCents: 0 }, undefined)).toBeUndefined();
  expect(moneyWrong({ ...confirmed, status: 'EXPIRED' }, undefined)).toBeUndefined();
  const returned = { ...paid, refunded: 4_200 };
  expect(moneyWrong({ ...confirmed, status: 'CANCELLED' }, returned)).toBeUndefined();
});

test.for([
  ['confirmed and not paid', confirmed, undefined],
  ['confirmed and paid twice', confirmed, { charges: 2, cents: 8_400, refunded: 0 }],
  ['confirmed for another amount', confirmed, { ...paid, cents: 2_100 }],
  ['confirmed and given back', confirmed, { ...paid, refunded: 4_200 }],
  [
    'cancelled with money kept',
    { ...confirmed, status: 'CANCELLED' },
    { ...paid, refunded: 2_100 },
  ],
  ['expired with money kept', { ...confirmed, status: 'EXPIRED' }, paid],
] as const)('sees a booking that is %s', ([, booking, money]) => {
  expect(moneyWrong(booking, money)).toBeDefined();
});

const told = new Map([['a@example.com', 1]]);
const charges = new Map([['a', paid]]);

test('finds nothing wrong with a house at rest', () => {
  expect(bookingsWrong([confirmed], charges, told)).toEqual([]);
});

test.for([
  ['a fact about money that was not handled', [{ ...confirmed, paid: false }], charges, told],
  ['a confirmation that was told to nobody', [confirmed], charges, new Map()],
  ['a confirmation that was told twice', [confirmed], charges, new Map([['a@example.com', 2]])],
  ['money for no booking', [], charges, new Map()],
  ['a hold that never ends', [{ ...confirmed, status: 'PENDING' }], new Map(), told],
] as const)('sees %s', ([, bookings, money, mails]) => {
  expect(bookingsWrong(bookings, money, mails)).toHaveLength(1);
});
