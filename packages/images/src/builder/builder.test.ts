import { expect, test } from 'vitest';
import { readSize } from './builder.ts';

test.for<[string, number]>([
  ['132 MB', 132],
  ['132MB', 132],
  ['1.05GB', 1_050],
  ['940 kB', 0.94],
])('%s is %d MB', ([text, size]) => {
  expect(readSize(text)).toBeCloseTo(size);
});

test('what is no size is not taken for a small one', () => {
  expect(() => readSize('<missing>')).toThrow('is no size');
});
