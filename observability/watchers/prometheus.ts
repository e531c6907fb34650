import { z } from 'zod';
import { askJson } from './ask-json.ts';

const answerOf = <T extends z.ZodType>(data: T) => z.object({ data });
const labels = z.record(z.string(), z.string());
const sample = z.object({ metric: labels, value: z.tuple([z.number(), z.string()]) });
const vector = answerOf(z.object({ result: z.array(z.unknown()) }));
const samples = answerOf(z.object({ resultType: z.literal('vector'), result: z.array(sample) }));
const matrix = answerOf(
  z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
);
const exemplars = answerOf(
  z.array(z.object({ exemplars: z.array(z.object({ labels, timestamp: z.number() })) })),
);
const targets = answerOf(
  z.object({
    activeTargets: z.array(z.object({ labels, health: z.string(), lastError: z.string() })),
  }),
);
/** As both Prometheus and Loki's ruler answer it. */
export const rulesAnswer = answerOf(
  z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.object({
            name: z.string(),
            query: z.string(),
            health: z.string(),
            lastError: z.string().optional(),
            duration: z.number().optional(),
            keepFiringFor: z.number().optional(),
          }),
        ),
      }),
    ),
  }),
);
/** What decides when an alert begins and ends; durations in seconds. */
export type AlertRule = { name: string; query: string; duration: number; keepFiringFor?: number };
export type Rule = { group: string; name: string; health: string; lastError?: string | undefined };
export const rulesOf = ({ data }: z.output<typeof rulesAnswer>): Rule[] =>
  data.groups.flatMap(({ name: group, rules }) => rules.map((rule) => ({ group, ...rule })));

export const prometheusAt = (base: string) => ({
  /** How many series a query answers with. */
  async series(query: string): Promise<number> {
    const { data } = await askJson(vector, base, '/api/v1/query', { query });
    return data.result.length;
  },

  /** How many series have a value that is a number at some time between the two. */
  async seriesBetween(query: string, from: Date, to: Date): Promise<number> {
    const range = { start: from.toISOString(), end: to.toISOString(), step: '2s' };
    const { data } = await askJson(matrix, base, '/api/v1/query_range', { query, ...range });
    const isNumber = ([, value]: [number, string]) => Number.isFinite(Number(value));
    return data.result.filter(({ values }) => values.some(isNumber)).length;
  },

  /** What each series of a query is at now, by its labels. */
  async values(query: string): Promise<Map<string, number>> {
    const { data } = await askJson(samples, base, '/api/v1/query', { query });
    return new Map(
      data.result.map(({ metric, value: [, text] }) => [JSON.stringify(metric), Number(text)]),
    );
  },

  /** The trace ids that measurements since `from` have, the newest first. */
  async exemplarTraces(query: string, from: Date): Promise<string[]> {
    const range = { start: from.toISOString(), end: new Date().toISOString() };
    const { data } = await askJson(exemplars, base, '/api/v1/query_exemplars', { query, ...range });
    return data
      .flatMap((series) => series.exemplars)
      .sort((one, other) => other.timestamp - one.timestamp)
      .flatMap(({ labels }) => labels.trace_id ?? []);
  },

  async targets() {
    const { data } = await askJson(targets, base, '/api/v1/targets', { state: 'active' });
    return data.activeTargets;
  },

  rules: async () => rulesOf(await askJson(rulesAnswer, base, '/api/v1/rules')),

  async alertRules(): Promise<AlertRule[]> {
    const { data } = await askJson(rulesAnswer, base, '/api/v1/rules', { type: 'alert' });
    return data.groups.flatMap(({ rules }) =>
      rules.map(({ name, query, duration = 0, keepFiringFor = 0 }) => ({
        name,
        query,
        duration,
        keepFiringFor,
      })),
    );
  },
});
export type Prometheus = ReturnType<typeof prometheusAt>;
