import { expect, test } from 'vitest';
import { partOfFirst } from './without.ts';

test('of the first as many as were served: the part that was', () => {
  expect(partOfFirst([true, true, false, false])).toBe(1);
  expect(partOfFirst([true, false, true, false])).toBe(0.5);
  expect(partOfFirst([false, false, true, true])).toBe(0);
  expect(partOfFirst([false, false])).toBeNaN();
});
