import { expect, test } from 'vitest';
import { drill, everyDay, secondsOf } from './pace.ts';
import { groupsOfPrometheus } from './rule-files.ts';

const rulesAt = (pace: typeof drill) =>
  groupsOfPrometheus(pace).flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
/** In brackets, after `for`, and without a subquery’s step. */
const rangesIn = (expr: string) =>
  [...expr.matchAll(/\[(\d+[smhd]):?\]/g)].map(([, range]) => secondsOf(range as `${number}s`));

test('time goes twenty times as fast on a game day', () => {
  expect([drill.over('1h'), drill.over('30m'), drill.over('3d')]).toEqual(['3m', '90s', '216m']);
  expect(drill.age(600)).toBe(30);
  expect([everyDay.over('1h'), everyDay.age(600)]).toEqual(['1h', 600]);
});

test('no range is too short for the scrapes of a game day, every fifth second', () => {
  const ranges = rulesAt(drill).flatMap(({ expr }) => rangesIn(expr));

  expect(ranges.length).toBeGreaterThan(200);
  expect(Math.min(...ranges)).toBe(20);
});

test('every day no range is shorter than four scrapes of 15 s', () => {
  const ranges = rulesAt(everyDay).flatMap(({ expr }) => rangesIn(expr));

  expect(Math.min(...ranges)).toBeGreaterThanOrEqual(60);
});

test('what lasts long every day lasts no longer than a minute on a game day', () => {
  const waits = rulesAt(drill).flatMap((rule) =>
    'alert' in rule && rule.for ? [secondsOf(rule.for as `${number}s`)] : [],
  );

  expect(Math.max(...waits)).toBeLessThanOrEqual(60);
});
