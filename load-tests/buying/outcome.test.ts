import { expect, test } from 'vitest';
import { outcomeOf, waitSecondsOf } from './outcome.ts';

test.each([
  [201, undefined, 'booked'],
  [409, 'sold_out', 'sold_out'],
  [503, 'busy', 'shed'],
  [409, 'quote_expired', 'unexpected'],
  [429, 'too_many_requests', 'unexpected'],
  [500, 'internal', 'unexpected'],
  [0, undefined, 'unexpected'],
])('%i %s is %s', (status, code, outcome) => {
  expect(outcomeOf(status, code)).toBe(outcome);
});

test('waits as long as it is told to, and a second where it is not told', () => {
  expect(waitSecondsOf('3')).toBe(3);
  expect(waitSecondsOf('0')).toBe(0);
  expect([undefined, '', 'soon', '-1'].map((text) => waitSecondsOf(text))).toEqual([1, 1, 1, 1]);
});
