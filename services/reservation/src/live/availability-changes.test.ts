import type { SlotAvailability } from '@guichet/contracts/slots';
import { expect, test } from 'vitest';
import { changesBetween, slotsById } from './availability-changes.ts';

const slot = (slotId: string, changes: Partial<SlotAvailability> = {}): SlotAvailability => ({
  slotId,
  startsAt: '2031-06-04T18:30:00.000Z',
  endsAt: '2031-06-04T20:30:00.000Z',
  remaining: 5,
  state: 'available',
  ...changes,
});
const between = (before: SlotAvailability[], now: SlotAvailability[]) =>
  changesBetween(slotsById(before), slotsById(now));

test('what is the same is not told again', () => {
  expect(between([slot('a'), slot('b')], [slot('a'), slot('b')])).toEqual([]);
});

test.each([
  { remaining: 4 },
  { state: 'few_left' },
  { startsAt: '2031-06-04T19:00:00.000Z' },
  { endsAt: '2031-06-04T21:00:00.000Z' },
] as const)('a slot that has become %o is told, and no other', (change) => {
  expect(between([slot('a'), slot('b')], [slot('a'), slot('b', change)])).toEqual([
    slot('b', change),
  ]);
});

test('a slot that is new is told', () => {
  expect(between([slot('a')], [slot('a'), slot('b')])).toEqual([slot('b')]);
});

test('a slot that has begun is told once, as closed', () => {
  const closed = slot('b', { remaining: 0, state: 'closed' });

  expect(between([slot('a'), slot('b')], [slot('a')])).toEqual([closed]);
  expect(between([slot('a'), closed], [slot('a')])).toEqual([]);
});
