import { expect, test } from 'vitest';
import { knownMetrics } from '../queries/known-metrics.ts';
import { metricsIn } from '../queries/read-query.ts';
import { drill, everyDay } from './pace.ts';
import { groupsOfPrometheus } from './rule-files.ts';

const known = new Set(Object.values(knownMetrics()).flatMap((names) => [...names]));

test.each([
  ['every day', everyDay],
  ['on a game day', drill],
] as const)('every rule asks for what somebody tells, %s', (_, pace) => {
  const rules = groupsOfPrometheus(pace).flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules),
  );
  const asked = new Set(rules.flatMap(({ expr }) => [...metricsIn(expr)]));

  expect(asked.size).toBeGreaterThan(50);
  expect([...asked].filter((name) => !known.has(name))).toEqual([]);
});
