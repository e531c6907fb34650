import { expect, test } from 'vitest';
import { readExposition } from './exposition.ts';

test('metrics are read with their kinds, their labels and how many series they have', () => {
  const read = readExposition(
    [
      '# HELP asked_total Requests',
      '# TYPE asked_total counter',
      'asked_total{service="x",route="/a \\"b\\" {c}"} 3',
      'asked_total{service="x",route="/d"} 1 1700000000000',
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="0.1",route="/a"} 1',
      'took_seconds_bucket{le="+Inf",route="/a"} 2',
      'took_seconds_sum{route="/a"} 0.3',
      'took_seconds_count{route="/a"} 2',
      '# TYPE up gauge',
      'up 1',
      '',
    ].join('\n'),
  );

  expect([...read].map(([name, { kind }]) => [name, kind])).toEqual([
    ['asked_total', 'counter'],
    ['took_seconds', 'histogram'],
    ['up', 'gauge'],
  ]);
  expect([...(read.get('asked_total')?.labels ?? [])]).toEqual(['service', 'route']);
  expect(read.get('asked_total')?.series.size).toBe(2);
  expect(read.get('took_seconds')?.series.size).toBe(1);
  expect(read.get('took_seconds')?.samples).toBe(4);
  expect(read.get('up')?.labels.size).toBe(0);
});
