import { expect, test } from 'vitest';
import { seeded } from '../../seeded.ts';
import { kendall } from './fairness.ts';

const inOrder = Array.from({ length: 500 }, (_, nth) => nth);

test('an order that is kept is 1, one that is turned round -1', () => {
  expect(kendall(inOrder)).toBe(1);
  expect(kendall([...inOrder].reverse())).toBe(-1);
});

test('chance is near 0', () => {
  expect(Math.abs(kendall(seeded(7).shuffled(inOrder)))).toBeLessThan(0.1);
});

test('one pair in three is turned round', () => {
  expect(kendall([1, 3, 2])).toBeCloseTo(1 / 3);
});

test('of one there is no order', () => {
  expect(kendall([1])).toBeNaN();
});
