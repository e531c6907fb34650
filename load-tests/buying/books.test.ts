import { expect, test } from 'vitest';
import { faultsOf, faultsOfSoldOut } from './books.ts';

const booking = (id: string, places: number, status: 'PENDING' | 'CANCELLED' | 'EXPIRED') => ({
  id,
  places,
  status,
});
const bookings = [
  booking('a', 2, 'PENDING'),
  booking('b', 3, 'CANCELLED'),
  booking('c', 1, 'EXPIRED'),
];

test('finds nothing wrong where the counter is the sum of the bookings that live', () => {
  expect(faultsOf({ capacity: 10, remaining: 8, bookings })).toEqual([]);
});

test('finds more places booked than there are', () => {
  const books = { capacity: 1, remaining: 0, bookings };
  expect(faultsOf(books).join(' ')).toContain('2 places are booked of 1: oversold.');
});

test('finds a counter that says something else than the bookings', () => {
  expect(faultsOf({ capacity: 10, remaining: 7, bookings })).toEqual([
    'The counter says 3 places are taken, the bookings say 2.',
  ]);
});

test('finds a counter that could not be read', () => {
  expect(faultsOf({ capacity: 10, remaining: Number.NaN, bookings })).toHaveLength(1);
});

test('finds a booking that is listed twice', () => {
  const twice = [booking('a', 1, 'PENDING'), booking('a', 1, 'PENDING')];
  expect(faultsOf({ capacity: 10, remaining: 8, bookings: twice })).toEqual([
    'A booking is listed twice: 2 rows, 1 bookings.',
  ]);
});

test('a slot that sold out has nothing left', () => {
  expect(faultsOfSoldOut({ capacity: 2, remaining: 0, bookings })).toEqual([]);
  expect(faultsOfSoldOut({ capacity: 3, remaining: 1, bookings })).toEqual([
    '1 places are left of a slot that sold out.',
  ]);
});
