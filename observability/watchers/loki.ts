import { z } from 'zod';
import { askJson } from './ask-json.ts';
import { rulesAnswer, rulesOf } from './prometheus.ts';

const labels = z.record(z.string(), z.string());
const answer = z.object({ data: z.object({ result: z.array(z.unknown()) }) });
const streams = z.object({
  data: z.object({
    resultType: z.literal('streams'),
    result: z.array(
      z.object({
        stream: labels,
        values: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())),
      }),
    ),
  }),
});

/** A line, with its labels and its structured metadata, which Loki answers together. */
export type Line = { labels: Record<string, string>; text: string };

export const lokiAt = (base: string) => ({
  async lines(query: string, from: Date): Promise<Line[]> {
    const { data } = await askJson(streams, base, '/loki/api/v1/query_range', {
      query,
      start: from.toISOString(),
      limit: '1000',
    });
    return data.result.flatMap(({ stream, values }) =>
      values.map(([, text]) => ({ labels: stream, text })),
    );
  },

  /** How many series or streams a query has answered with since then. */
  async series(query: string, from: Date): Promise<number> {
    const { data } = await askJson(answer, base, '/loki/api/v1/query_range', {
      query,
      start: from.toISOString(),
    });
    return data.result.length;
  },

  /** What lines are found by: the names of the labels. */
  async labels(): Promise<string[]> {
    const names = z.object({ data: z.array(z.string()).optional() });
    return (await askJson(names, base, '/loki/api/v1/labels')).data ?? [];
  },

  rules: async () => rulesOf(await askJson(rulesAnswer, base, '/prometheus/api/v1/rules')),
});
export type Loki = ReturnType<typeof lokiAt>;
