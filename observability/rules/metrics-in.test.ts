import { expect, test } from 'vitest';
import { metrics } from '../contract.ts';
import { exporterMetrics } from './exporter-metrics.ts';
import { metricsIn } from './metrics-in.ts';
import { drill, everyDay } from './pace.ts';
import { groupsOfPrometheus } from './rule-files.ts';

/** What the services are about to tell; in contract.ts when they do. */
const promised: readonly string[] = [
  'guichet_confirmed_to_mailed_seconds',
  'guichet_late_payments_total',
  'guichet_oversold_places',
  'guichet_paid_cents_total',
  'guichet_paid_to_confirmed_seconds',
  'guichet_payments_to_review',
  'guichet_placing_statement_seconds',
  'guichet_pool_waiting',
  'guichet_provider_request_duration_seconds',
  'guichet_provider_requests_total',
  'guichet_webhooks_total',
];
const known = new Set([
  ...Object.keys(metrics),
  ...promised,
  ...Object.values(exporterMetrics).flat(),
]);
const ofHistogram = /_(bucket|sum|count)$/;

test('metrics are told from functions, labels, strings and numbers', () => {
  const expr = `label_replace(sum by (le, service) (rate(a_total{b="c{d}",e=~"f"}[5m:])) / on (g)
    group_left (h) guichet:i:j5m > 14.4 * 0.5, "service", "$1", "k", "(l)") and on () absent(m) or vector(1e3)`;

  expect(metricsIn(expr)).toEqual(['a_total', 'guichet:i:j5m', 'm']);
});

test.each([
  ['every day', everyDay],
  ['on a game day', drill],
] as const)('every rule asks for what somebody tells, %s', (_, pace) => {
  const rules = groupsOfPrometheus(pace).flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules),
  );
  const recorded = rules.flatMap((rule) => ('record' in rule ? [rule.record] : []));
  const asked = new Set(rules.flatMap(({ expr }) => metricsIn(expr)));
  const unknown = [...asked].filter(
    (name) =>
      !known.has(name) && !known.has(name.replace(ofHistogram, '')) && !recorded.includes(name),
  );

  expect(asked.size).toBeGreaterThan(50);
  expect(unknown).toEqual([]);
});

test('nothing stands among the exporters’ that no rule asks for', () => {
  const asked = groupsOfPrometheus(everyDay).flatMap(({ groups }) =>
    groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => metricsIn(expr))),
  );

  expect(
    Object.values(exporterMetrics)
      .flat()
      .filter((name) => !asked.includes(name)),
  ).toEqual([]);
});
