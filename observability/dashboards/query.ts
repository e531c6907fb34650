/** One question of a panel, in the language of who answers it. */
export type Query = {
  readonly language: 'promql' | 'logql';
  readonly expr: string;
  /** What its series are called, in Grafana's `{{label}}`; empty for log lines. */
  readonly legend: string;
  /** Whether points that lead to a trace are drawn too: for what asks a histogram that has them. */
  readonly exemplars?: true;
};

export const promql = (expr: string, legend: string): Query => ({
  language: 'promql',
  expr,
  legend,
});

export const logql = (expr: string, legend = ''): Query => ({ language: 'logql', expr, legend });

/** How often it happened in a second, and 0 where it never did: a counter with labels is not there before. */
export const perSecond = (counter: string, by?: string): string => {
  const rate = `rate(${counter}[$__rate_interval])`;
  return by ? `sum by (${by}) (${rate})` : `sum(${rate}) or vector(0)`;
};

/** How often it happened in the time that the board shows. */
export const times = (counter: string): string =>
  `sum(increase(${counter}[$__range])) or vector(0)`;

const percentiles = [
  ['0.5', 'p50'],
  ['0.95', 'p95'],
  ['0.99', 'p99'],
] as const;

/** The histograms whose samples say of which trace they are one. */
const traced: readonly string[] = [
  'http_request_duration_seconds',
  'guichet_placing_batch_wait_seconds',
  'guichet_placing_statement_seconds',
];

/**
 * How long one took, or how many they were: for the middle one, one in twenty and one in a hundred;
 * and points of single ones, which lead to their traces, where the histogram has them.
 */
export const percentilesOf = (histogram: string, matchers = ''): readonly Query[] =>
  percentiles.map(([quantile, legend]) => ({
    ...promql(
      `histogram_quantile(${quantile}, sum by (le) (rate(${histogram}_bucket${matchers}[$__rate_interval])))`,
      legend,
    ),
    ...(traced.includes(histogram) && { exemplars: true as const }),
  }));

/** The same in one number, over all that the board shows. */
export const quantileInAll = (quantile: number, histogram: string): string =>
  `histogram_quantile(${quantile}, sum by (le) (increase(${histogram}_bucket[$__range])))`;
