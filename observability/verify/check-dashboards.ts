import { setTimeout as sleep } from 'node:timers/promises';
import { boards } from '../dashboards/boards.ts';
import { type Asked, queriesOf } from '../dashboards/queries-of.ts';
import type { Loki } from '../watchers/loki.ts';
import type { Prometheus } from '../watchers/prometheus.ts';
import type { Check } from './check.ts';
import type { Bought } from './purchase.ts';

const hourMs = 3_600_000;
/** Two scrapes on a cluster, and one more round for what is recorded of them. */
const scrapedWithinMs = 45_000;
const pauseMs = 1_000;
/** One of three purchases comes to a pod of two that has had one before; the rest is patience. */
const furtherPurchases = 4;

type Watched = { prometheus: Prometheus; loki: Loki };
type Buys = () => Promise<unknown>;
type Question = Asked & { readonly title: string };

const questionsOf = (traceId: string): readonly Question[] =>
  boards.flatMap((board) =>
    queriesOf(board, {
      range: '1h',
      rateInterval: '2m',
      interval: '1m',
      choices: { trace_id: traceId },
    }).map((one) => ({ ...one, title: `${board.uid}: ${one.panel.title}` })),
  );

/** What can be told here: on one machine nobody asks nodes and servers, and a stand-in tells little. */
async function tellable({ prometheus }: Watched, inCluster: boolean) {
  const isItself = inCluster && (await prometheus.series('mongodb_ss_connections')) > 0;
  return ({ panel }: Question) =>
    panel.only === undefined || (panel.only === 'in a cluster' ? inCluster : isItself);
}

/** At some moment since the purchase: what moves by it is still again a little later. */
const ask = ({ prometheus, loki }: Watched, { expr, query }: Question, from: Date) =>
  query.language === 'logql'
    ? loki.series(expr, new Date(from.getTime() - hourMs))
    : prometheus.seriesBetween(expr, from, new Date());

/** One after the other: there are hundreds, and who answers has other things to do. */
async function askAll(watched: Watched, questions: readonly Question[], from: Date) {
  const refused: string[] = [];
  const empty: Question[] = [];
  for (const question of questions) {
    try {
      if ((await ask(watched, question, from)) === 0) empty.push(question);
    } catch (error) {
      refused.push(`${question.title}: ${(error as Error).message}`);
    }
  }
  return { refused, empty };
}

/** Lines are what somebody complained of; numbers are there on good days too. */
const mayBeEmpty = ({ panel, query }: Question) =>
  query.language === 'logql' || panel.emptyBecause !== undefined;

const few = (all: readonly string[]) => `${all.length}: ${all.slice(0, 5).join('; ')}`;

/** Those that are empty; throws where a question is refused. */
async function emptyOf(watched: Watched, questions: readonly Question[], from: Date) {
  const { refused, empty } = await askAll(watched, questions, from);
  if (refused.length > 0) throw new Error(`they refuse ${few(refused)}`);
  return empty;
}

/**
 * Those that are rightly empty; throws where others stay empty that purchases should fill. Each
 * process counts its own, and what it counts first begins a series that has not risen by it: where
 * several share the work, a purchase may only begin, and the next are made until one has risen.
 */
async function askedWell(watched: Watched, questions: readonly Question[], from: Date, buys: Buys) {
  const rightly: Question[] = [];
  let open = questions;
  for (let bought = 0; ; bought += 1) {
    const scraped = performance.now() + scrapedWithinMs;
    do {
      const empty = await emptyOf(watched, open, from);
      rightly.push(...empty.filter(mayBeEmpty));
      open = empty.filter((one) => !mayBeEmpty(one));
      if (open.length === 0) return rightly;
      await sleep(pauseMs);
    } while (performance.now() < scraped);
    if (bought === furtherPurchases) {
      throw new Error(`they are empty of ${few(open.map(({ title }) => title))}`);
    }
    await buys();
  }
}

/** No question is refused, and no panel is empty of what the place it is asked in can tell. */
export const checkDashboards = (
  watched: Watched,
  { from, traceId }: Bought,
  buys: Buys,
  inCluster: boolean,
): Check => ({
  name: 'dashboards’ queries answer',
  advice: 'ask the same in Prometheus or Loki; the boards are in observability/dashboards/boards',
  async see() {
    const all = questionsOf(traceId);
    const questions = all.filter(await tellable(watched, inCluster));
    const empty = await askedWell(watched, questions, from, buys);
    const left = all.length - questions.length;
    return [
      `${questions.length} asked`,
      ...(left > 0 ? [`${left} cannot be told here`] : []),
      ...(empty.length > 0 ? [`${empty.length} have rightly nothing to show`] : []),
    ].join(', ');
  },
});
