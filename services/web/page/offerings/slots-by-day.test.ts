import { expect, test } from 'vitest';
import { byDay, nearest, type Slot, stateOfDay } from './slots-by-day.ts';

const slot = (startsAt: string, changed: Partial<Slot> = {}): Slot => ({
  slotId: startsAt,
  startsAt,
  endsAt: startsAt,
  remaining: 5,
  state: 'available',
  ...changed,
});

test('a slot is on the day that it is at the venue', () => {
  const late = slot('2027-01-07T23:30:00Z');
  const early = slot('2027-01-07T08:00:00Z');

  expect([...byDay([late, early], 'Europe/Paris')]).toEqual([
    ['2027-01-07', [early]],
    ['2027-01-08', [late]],
  ]);
  expect([...byDay([late, early], 'Pacific/Auckland')].map(([day]) => day)).toEqual([
    '2027-01-07',
    '2027-01-08',
  ]);
});

test('a day has what its best slot has', () => {
  const of = (...states: Slot['state'][]) =>
    stateOfDay(states.map((state) => slot('x', { state })));

  expect(of('sold_out', 'few_left')).toBe('few_left');
  expect(of('closed', 'sold_out')).toBe('sold_out');
  expect(of('not_on_sale', 'available')).toBe('available');
});

test('the nearest that have room enough come first, before or after', () => {
  const wanted = slot('2027-01-10T20:00:00Z', { state: 'sold_out', remaining: 0 });
  const slots = [
    slot('2027-01-08T20:00:00Z'),
    slot('2027-01-09T20:00:00Z', { remaining: 1, state: 'few_left' }),
    wanted,
    slot('2027-01-11T20:00:00Z'),
    slot('2027-01-20T20:00:00Z'),
    slot('2027-01-12T20:00:00Z', { state: 'closed' }),
  ];

  expect(nearest(slots, wanted, 2).map(({ slotId }) => slotId.slice(8, 10))).toEqual([
    '11',
    '08',
    '20',
  ]);
});
