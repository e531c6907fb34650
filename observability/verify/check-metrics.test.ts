import { expect, test } from 'vitest';
import { risen } from './check-metrics.ts';

const pods = (of: Record<string, number>) => new Map(Object.entries(of));

test('what a pod has counted is more than before', () => {
  expect(risen(pods({ a: 3, b: 1 }), pods({ a: 4, b: 1 }))).toBe(1);
});

test('a pod that has gone takes nothing away, and one that came has begun at 0', () => {
  expect(risen(pods({ a: 3 }), pods({ b: 1 }))).toBe(1);
});

test('what nobody has counted has not risen', () => {
  expect(risen(pods({ a: 3 }), pods({ a: 3, b: 0 }))).toBe(0);
});
