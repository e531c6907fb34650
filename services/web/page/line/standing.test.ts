import { describe, expect, test } from 'vitest';
import { askAfterMs, isSoldOut, minutesUntilCalled, standingOf } from './standing.ts';

describe('a standing', () => {
  test.each([
    [1, 0, { kind: 'waits', ahead: 0 }],
    [1_200, 0, { kind: 'waits', ahead: 1_199 }],
    [7, 6, { kind: 'waits', ahead: 0 }],
    [7, 7, { kind: 'called' }],
    [7, 900, { kind: 'called' }],
    [null, 900, { kind: 'drawn_later' }],
  ])('of rank %s where %s are called', (rank, calledUpTo, standing) => {
    expect(standingOf({ calledUpTo }, rank)).toEqual(standing);
  });
});

test('it is over when none is left and none can come back', () => {
  expect(isSoldOut({ placesLeft: 0, held: 0 })).toBe(true);
  expect(isSoldOut({ placesLeft: 0, held: 3 })).toBe(false);
  expect(isSoldOut({ placesLeft: 2, held: 0 })).toBe(false);
  expect(isSoldOut({ placesLeft: null, held: null })).toBe(false);
});

test('an estimate is a range, and none where nobody was called', () => {
  expect(minutesUntilCalled(99, 50)).toEqual({ from: 1, to: 4 });
  expect(minutesUntilCalled(0, 50)).toEqual({ from: 0, to: 1 });
  expect(minutesUntilCalled(99, 0)).toBeUndefined();
});

describe('who asks again', () => {
  const usual = { chance: 0, isHidden: false, failures: 0 };

  test('waits as long as told, and up to as much again by chance', () => {
    expect(askAfterMs(2_000, usual)).toBe(2_000);
    expect(askAfterMs(2_000, { ...usual, chance: 1 })).toBe(4_000);
  });

  test('waits longer where nobody looks, and ever longer where nothing answers', () => {
    expect(askAfterMs(2_000, { ...usual, isHidden: true })).toBe(4_000);
    expect(askAfterMs(2_000, { ...usual, failures: 3 })).toBe(16_000);
    expect(askAfterMs(15_000, { ...usual, failures: 30 })).toBe(60_000);
  });
});
