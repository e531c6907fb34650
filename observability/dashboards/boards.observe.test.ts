import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Board } from './board.ts';
import { boards } from './boards.ts';
import { type Observed, observePurchases } from './observed-purchases-test.ts';
import { type Asked, queriesOf } from './queries-of.ts';

const startMs = 300_000;

let observed: Observed;
beforeAll(async () => {
  observed = await observePurchases();
}, startMs);
afterAll(() => observed?.end(), startMs);

const ask = ({ query, expr }: Asked): Promise<number> => {
  const { prometheus, loki, wellFrom, wellTo } = observed;
  return query.language === 'promql'
    ? prometheus.seriesBetween(expr, wellFrom, wellTo)
    : loki.series(expr, wellFrom);
};

/** Lines that are rightly not there when all is well are there now: something went wrong too. */
const mayBeEmpty = ({ panel, query }: Asked) =>
  panel.only !== undefined || (query.language === 'promql' && panel.emptyBecause !== undefined);

const asSeen = (board: Board) =>
  queriesOf(board, {
    range: '2m',
    rateInterval: '30s',
    interval: '10s',
    choices: { trace_id: observed.traceId },
  });

test.each(boards)('no panel of $uid is empty after a purchase', async (board) => {
  const answers = await Promise.all(
    asSeen(board).map(async (one) => {
      const found = await ask(one).catch((error: Error) => error.message);
      const isWrong = typeof found === 'string' || (found === 0 && !mayBeEmpty(one));
      return isWrong ? [`${one.panel.title}: ${one.expr}: ${found}`] : [];
    }),
  );

  expect(answers.flat()).toEqual([]);
});

test('points that panels draw are of traces', async () => {
  const drawn = boards
    .flatMap(asSeen)
    .filter(({ panel, query }) => query.exemplars && panel.only === undefined);

  const traces = await Promise.all(
    drawn.map(({ expr }) => observed.prometheus.exemplarTraces(expr, observed.wellFrom)),
  );
  const without = drawn.filter((_, nth) => traces[nth]?.length === 0);

  expect(without.map(({ panel }) => panel.title)).toEqual([]);
  expect(traces.flat()[0]).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  'reads-availability',
  'placing-availability',
  'paying-availability',
  'confirmation-freshness',
  'mail-freshness',
])(
  'what was bought as promised is no error of %s, by the labels that are really there',
  async (objective) => {
    const { prometheus, wellFrom, wellTo } = observed;
    const of = `{objective="${objective}"}`;
    const kept = `guichet:objective_errors:increase5m${of} < guichet:objective_events:increase5m${of}`;

    expect(await prometheus.seriesBetween(kept, wellFrom, wellTo)).toBe(1);
  },
);
