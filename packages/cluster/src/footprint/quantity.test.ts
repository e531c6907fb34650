import { expect, test } from 'vitest';
import { parseQuantity } from './quantity.ts';

test.each([
  ['250m', 0.25],
  ['2', 2],
  [0.5, 0.5],
  ['128Mi', 134_217_728],
  ['1Gi', 1_073_741_824],
  ['1500k', 1_500_000],
  [undefined, 0],
])('reads %s', (quantity, number) => {
  expect(parseQuantity(quantity)).toBe(number);
});

test('refuses what is none', () => {
  expect(() => parseQuantity('much')).toThrow('much is no quantity');
});
