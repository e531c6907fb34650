import { expect, test } from 'vitest';
import { metrics } from '../contract.ts';
import { knownMetrics } from '../queries/known-metrics.ts';
import { faultOf, metricsIn } from '../queries/read-query.ts';
import { panelsOf } from './board.ts';
import { boards } from './boards.ts';
import { dashboardFiles } from './dashboard-files.ts';
import { type Asked, queriesOf } from './queries-of.ts';

const chosen = { range: '1h', rateInterval: '1m', interval: '15s', choices: { trace_id: 'abc' } };
const asked: readonly Asked[] = boards.flatMap((board) => queriesOf(board, chosen));
const promqls = asked.filter(({ query }) => query.language === 'promql');

test('every query is one, by the grammar of its language', () => {
  const faults = asked
    .map(({ query, expr }) => faultOf(query.language, expr))
    .filter((fault) => fault !== undefined);

  expect(faults).toEqual([]);
  expect(promqls.length).toBeGreaterThan(10);
});

test('a query that is none is seen', () => {
  expect(faultOf('promql', 'sum(rate(x[1m])')).toBe('sum(rate(x[1m])⟨here⟩');
  expect(faultOf('logql', 'sum(count_over_time({a="b"}[1m])')).toBeDefined();
});

test('every metric that a board asks for is given by somebody', () => {
  const given = Object.values(knownMetrics());
  const unknown = promqls.flatMap(({ panel, expr }) =>
    [...metricsIn(expr)]
      .filter((name) => !given.some((names) => names.has(name)))
      .map((name) => `${panel.title}: ${name}`),
  );

  expect([...metricsIn('sum(rate(x_total{a="b"}[1m])) / on() up or {c="d"}')]).toEqual([
    'x_total',
    'up',
    '{}',
  ]);
  expect(unknown).toEqual([]);
});

test('what no process of ours says is only asked in a cluster', () => {
  const { services, rules } = knownMetrics();
  const ours = (name: string) => services.has(name) || rules.has(name);
  const undeclared = promqls
    .filter(({ panel, expr }) => !panel.only && ![...metricsIn(expr)].every(ours))
    .map(({ panel }) => panel.title);
  const needless = boards
    .flatMap(panelsOf)
    .filter(
      ({ only, queries }) =>
        only &&
        queries.every(
          ({ language, expr }) => language === 'promql' && [...metricsIn(expr)].every(ours),
        ),
    )
    .map(({ title }) => title);

  expect(undeclared).toEqual([]);
  expect(needless).toEqual([]);
});

test('every metric of the contract is on a board', () => {
  const shown = new Set(promqls.flatMap(({ expr }) => [...metricsIn(expr)]));
  const hidden = Object.keys(metrics).filter(
    (name) => !['', '_bucket', '_sum', '_count'].some((suffix) => shown.has(name + suffix)),
  );

  expect(hidden).toEqual([]);
});

test('panels lead to boards that are there, with choices that these have', () => {
  const urls = Object.values(dashboardFiles()).flatMap((content) => [
    ...content.matchAll(/"url": "\/d\/([\w-]+)\?var-(\w+)=/g),
  ]);
  const lost = urls
    .filter(
      ([, uid, name]) =>
        !boards.find((board) => board.uid === uid)?.variables.some((one) => one.name === name),
    )
    .map(([url]) => url);

  expect(urls.length).toBeGreaterThan(50);
  expect(lost).toEqual([]);
});

test('few panels may be empty when all is well, and each says why', () => {
  const empty = boards.flatMap(panelsOf).filter(({ emptyBecause }) => emptyBecause !== undefined);

  expect(empty.map(({ title }) => title)).toEqual([
    'What waiting lists came to',
    'Refused in line',
    'Refused at the gate',
    'How long reservation took to answer',
    'Volumes',
    'Which they are',
    'Of one trace',
    'Errors and warnings',
    'Security events',
  ]);
});

test('what leads to a series’ service is asked by service', () => {
  const wrong = asked
    .filter(({ panel, query }) => panel.leadsTo === 'series' && query.language === 'promql')
    .filter(
      ({ query }) =>
        !/by \([^)]*\bservice\b/.test(query.expr) && !query.expr.includes('guichet:objective'),
    )
    .map(({ panel }) => panel.title);

  expect(wrong).toEqual([]);
});
