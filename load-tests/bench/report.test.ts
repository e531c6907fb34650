import { expect, test } from 'vitest';
import { chartOf } from './chart.ts';
import { reportOf } from './report.ts';
import type { Result } from './scenario.ts';

const spread = (median: number) => ({ median, least: median * 0.9, most: median * 1.1 });
const result: Result = {
  id: 'x',
  title: 'A scenario',
  measured: {
    guichet: {
      perSecond: spread(1_234),
      p50Ms: spread(5),
      p99Ms: spread(9.5),
      cpuMicros: { web: 0.9, reservation: 60, postgres: 110 },
      outcomes: { 201: 4_936 },
    },
  },
  ratios: [{ name: 'over <x>', of: 'guichet', over: 'x', reach: 0.9, aim: 1.2, ...spread(1) }],
  costs: [
    {
      ...{ name: 'a place', of: 'guichet', noop: 'no-op', noopMicros: 24, hereMs: 75 },
      ...{ reach: 25, aim: 12, ...spread(30) },
    },
  ],
};

test('a scenario is told with its processes, the dearest first, its ratios and its costs', () => {
  expect(reportOf(result).split('\n')).toEqual([
    'x  A scenario',
    '  guichet            1,234/s  p50 5.0 ms, p99 9.5 ms, 4,936 × 201',
    '                              µs each: postgres 110, reservation 60',
    '  1.00 over <x> (0.90 to 1.10; reach 0.9, aim 1.2): reached',
    '  30.0 ms of CPU for a place, where a no-op takes 24 µs (27.0 to 33.0; here 75.0; at most 25, aim 12): MISSED',
  ]);
});

test('the chart shows a ratio that is reached, and a cost that is not', () => {
  const chart = chartOf([result]);

  expect(chart).toContain('x  over &lt;x&gt;');
  expect(chart.match(/<rect class="(good|short)"/g)).toEqual([
    '<rect class="good"',
    '<rect class="short"',
  ]);
  expect(chart).toContain('>30.0 ms<');
  expect(chart).toContain('>at most 25<');
});

test('no bar or mark stands beyond its scale', () => {
  const numbers = [...chartOf([result]).matchAll(/ d="M([\d.]+) [\d.]+(?:H([\d.]+))?/g)].flatMap(
    ([, from, to]) => [from, to].flatMap((one) => (one ? Number(one) : [])),
  );

  expect(Math.max(...numbers)).toBeLessThanOrEqual(680);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(350);
});
