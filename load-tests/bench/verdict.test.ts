import { expect, test } from 'vitest';
import type { Result } from './scenario.ts';
import { costVerdict, farShort, ratioVerdict } from './verdict.ts';

const goals = { reach: 0.8, aim: 1 };
const price = { reach: 25, aim: 12 };

test('a ratio is to be large', () => {
  expect(ratioVerdict({ ...goals, median: 1 })).toBe('aim');
  expect(ratioVerdict({ ...goals, median: 0.8 })).toBe('reached');
  expect(ratioVerdict({ ...goals, median: 0.79 })).toBe('MISSED');
});

test('a cost is to be small', () => {
  expect(costVerdict({ ...price, median: 12 })).toBe('aim');
  expect(costVerdict({ ...price, median: 25 })).toBe('reached');
  expect(costVerdict({ ...price, median: 25.1 })).toBe('MISSED');
});

const result = (ratio: number, cost: number): Result => ({
  id: 'x',
  title: 'A scenario',
  measured: {},
  ratios: [{ name: 'speed', of: 'a', over: 'b', ...goals, median: ratio, least: 0, most: 9 }],
  costs: [
    {
      ...{ name: 'price', of: 'a', noop: 'b', noopMicros: 24, hereMs: 75 },
      ...{ ...price, median: cost, least: 0, most: 99 },
    },
  ],
});

test('what is a little short is no fault, half of it or twice the price is', () => {
  expect(farShort([result(0.4, 50)])).toEqual([]);
  expect(farShort([result(0.39, 50)])).toEqual(['x speed']);
  expect(farShort([result(0.4, 50.1)])).toEqual(['x price']);
});

test('nor does it pass unseen that nothing was measured', () => {
  expect(farShort([result(Number.NaN, Number.NaN)])).toEqual(['x speed', 'x price']);
});
