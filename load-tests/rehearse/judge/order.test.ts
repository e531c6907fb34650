import { describe, expect, test } from 'vitest';
import { brokenRanks, type Joined, notCalled, outOfOrder, steppedBack } from './order.ts';

const joined = (nth: number, asked: number, answered: number, rank: number): Joined => ({
  nth,
  turnId: `turn-${nth}`,
  asked,
  answered,
  rank,
});

describe('outOfOrder', () => {
  test('finds nobody where each stands behind those who had come before', () => {
    expect(outOfOrder([joined(1, 0, 5, 1), joined(2, 6, 9, 2), joined(3, 10, 12, 3)])).toEqual([]);
  });

  test('leaves those who asked at the same time as they are', () => {
    expect(outOfOrder([joined(1, 0, 8, 2), joined(2, 5, 9, 1)])).toEqual([]);
  });

  test('names who came later and stands before', () => {
    expect(outOfOrder([joined(1, 0, 5, 2), joined(2, 6, 9, 1)])).toEqual([
      '2 came after 1 and stands before: 1, 2',
    ]);
  });

  test('remembers who stands last of all who had come', () => {
    const people = [joined(1, 0, 1, 9), joined(2, 2, 3, 4), joined(3, 4, 5, 6)];

    expect(outOfOrder(people)).toHaveLength(2);
  });
});

test('a rank that is missing or twice is seen', () => {
  expect(brokenRanks([3, 1, 2])).toEqual([]);
  expect(brokenRanks([1, 3])).toEqual(['rank 3 is where 2 should be']);
  expect(brokenRanks([1, 1])).toEqual(['rank 1 is where 2 should be']);
});

test('a line that goes back is seen', () => {
  const calls = [5, 9, 7].map((upTo, at) => ({ calledAt: at, upTo }));

  expect(steppedBack(calls)).toEqual(['called up to 7 after 9']);
});

test('who is in before their call, or without one, is seen', () => {
  const calls = [{ calledAt: 100, upTo: 5 }];
  const one = (rank: number, admittedAt: number) => ({ turnId: `r${rank}`, rank, admittedAt });

  expect(notCalled([one(5, 101)], calls)).toEqual([]);
  expect(notCalled([one(5, 99), one(6, 200)], calls)).toEqual([
    'r5, rank 5, was in before its call',
    'r6, rank 6, was in and never called',
  ]);
});
