import { expect, test } from 'vitest';
import { judge, tableOf } from './verdict.ts';

const seconds = Array.from({ length: 600 }, (_, second) => second);

test('what stays where it is is right, however it goes up and down', () => {
  const sawtooth = seconds.map((second) => 180 + (second % 20));

  expect(judge('web', sawtooth)).toMatchObject({ peakMb: 199, thirdMb: 189, faults: [] });
});

test('what warms up in the first half and then stays is flat', () => {
  expect(
    judge(
      'web',
      seconds.map((second) => 100 + Math.min(100, second)),
    ).faults,
  ).toEqual([]);
});

test('one peak beyond what a service may have is a fault', () => {
  expect(judge('web', [...seconds.map(() => 150), 257]).faults).toEqual(['more than 256 MB']);
});

test('what grows by more than a twentieth from the third quarter to the fourth is a fault', () => {
  expect(
    judge(
      'web',
      seconds.map((second) => 100 + second / 10),
    ).faults,
  ).toEqual(['grows']);
});

test('nothing that was seen is no proof', () => {
  expect(judge('web', []).faults).toEqual(['more than 256 MB', 'grows']);
  expect(judge('web', [Number.NaN]).faults).not.toEqual([]);
});

test('the table has a line for each service, with its faults', () => {
  const table = tableOf([
    judge(
      'web',
      seconds.map(() => 150),
    ),
    judge('gateway', [300]),
  ]);

  expect(table).toMatch(/^web +150 +150 +150 +150 +ok *$/m);
  expect(table).toMatch(/^gateway +300 .*more than 256 MB/m);
});
