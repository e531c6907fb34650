import { expect, test } from 'vitest';
import { metrics } from '../contract.ts';
import { readers, readersOf } from './readers.ts';

test('every metric is read by somebody', () => {
  const all = readers();
  const unread = Object.keys(metrics).filter((name) => readersOf(name, all).length === 0);

  expect(unread).toEqual([]);
});

test('a histogram is read where its samples are asked for', () => {
  const all = [{ name: 'one', asks: new Set(['waits_seconds_bucket', 'other_total']) }];

  expect(readersOf('waits_seconds', all)).toEqual(['one']);
  expect(readersOf('waits', all)).toEqual([]);
});
