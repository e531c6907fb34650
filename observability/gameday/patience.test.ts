import { expect, test } from 'vitest';
import { patienceMs } from './patience.ts';

const rule = (query: string, duration = 0) => ({ name: 'A', query, duration });

test('an alert may take its longest window, its `for`, and two minutes', () => {
  expect(patienceMs([rule('up == 0')])).toBe(120_000);
  expect(patienceMs([rule('rate(a[30s]) / rate(b[1m30s]) > 1', 20)])).toBe(230_000);
  expect(patienceMs([rule('max_over_time(a[5m:15s])', 60)], 10_000)).toBe(490_000);
});

test('of several rules of one name the slowest counts, and what keeps it firing', () => {
  const kept = { ...rule('a > 0'), keepFiringFor: 300 };

  expect(patienceMs([rule('rate(a[1h])'), kept])).toBe(3_720_000);
  expect(patienceMs([kept])).toBe(420_000);
});
