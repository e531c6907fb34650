import { expect, test } from 'vitest';
import { median, quantile, spreadOf } from './statistics.ts';

test('the median is the one in the middle, or between the two', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 6])).toBe(5.5);
});

test('of nothing there is no median', () => {
  expect(median([])).toBeNaN();
});

test('a spread goes from the least to the most', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
});

test('a quantile is the value that so many are not above', () => {
  const values = Array.from({ length: 100 }, (_, nth) => 100 - nth);

  expect([quantile(values, 0.5), quantile(values, 0.99), quantile([7], 0.99)]).toEqual([
    51, 100, 7,
  ]);
  expect(quantile([], 0.5)).toBeNaN();
});
