import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamsOf } from '../observed/loki.ts';
import { type Observed, observePurchases } from '../observed/observed-purchases.ts';
import { seriesOf } from '../observed/prometheus.ts';
import { boards } from './boards.ts';
import { knownMetrics } from './known-metrics.ts';
import { type Asked, queriesOf } from './queries-of.ts';
import { metricsIn } from './read-query.ts';

const startMs = 300_000;

let observed: Observed;
beforeAll(async () => {
  observed = await observePurchases();
}, startMs);
afterAll(() => observed?.end(), startMs);

const ask = ({ query, expr }: Asked): Promise<number> =>
  query.language === 'promql'
    ? seriesOf(observed.prometheus, expr, { from: observed.wellFrom, to: observed.wellTo })
    : streamsOf(observed.loki, expr, observed.wellFrom);

const { promised } = knownMetrics();
const isPromised = ({ query, expr }: Asked) =>
  query.language === 'promql' && [...metricsIn(expr)].some((name) => promised.has(name));
const mayBeEmpty = (asked: Asked) =>
  asked.panel.only !== undefined || asked.panel.emptyBecause !== undefined || isPromised(asked);

test.each(boards)('no panel of $uid is empty after a purchase', async (board) => {
  const choices = { trace_id: observed.traceId };
  const asked = queriesOf(board, { range: '2m', rateInterval: '30s', interval: '10s', choices });

  const answers = await Promise.all(
    asked.map(async (one) => {
      const found = await ask(one).catch((error: Error) => error.message);
      const isWrong = typeof found === 'string' || (found === 0 && !mayBeEmpty(one));
      return isWrong ? [`${one.panel.title}: ${one.expr}: ${found}`] : [];
    }),
  );

  expect(answers.flat()).toEqual([]);
});
