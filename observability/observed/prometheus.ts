import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { askJson } from '../watchers/ask-json.ts';
import { type Program, startProgram } from './program.ts';

/** Those of a game day: with short windows, and each evaluated every few seconds. */
const rules = join(
  import.meta.dirname,
  '../../charts/guichet-observability/files/prometheus/drill-rules',
);
/** Often, so that a purchase of a few seconds is seen as it goes on. */
const interval = '2s';

/** Prometheus beside a stack of its own, with the jobs, labels and rules that it has in the chart. */
export function startPrometheus({
  port,
  folder,
  management,
}: {
  port: number;
  folder: string;
  /** Where each service has its metrics. */
  management: Readonly<Record<string, string>>;
}): Promise<Program> {
  const file = join(folder, 'prometheus.json');
  const targets = Object.entries(management).map(([app, url]) => ({
    targets: [new URL(url).host],
    labels: { app },
  }));
  const configuration = {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    storage: { exemplars: { max_exemplars: 10_000 } },
    rule_files: existsSync(rules) ? [join(rules, '*.yaml')] : [],
    scrape_configs: [
      { job_name: 'guichet', static_configs: targets },
      { job_name: 'prometheus', static_configs: [{ targets: [`127.0.0.1:${port}`] }] },
    ],
  };
  writeFileSync(file, JSON.stringify(configuration));
  return startProgram('prometheus', {
    url: `http://127.0.0.1:${port}`,
    ready: '/-/ready',
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ],
  });
}

const answer = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

/** How many series have a value that is a number at some time between the two. */
export async function seriesBetween(
  url: string,
  query: string,
  from: Date,
  to: Date,
): Promise<number> {
  const range = { start: from.toISOString(), end: to.toISOString(), step: interval };
  const { data } = await askJson(answer, url, '/api/v1/query_range', { query, ...range });
  const isNumber = ([, value]: [number, string]) => Number.isFinite(Number(value));
  return data.result.filter(({ values }) => values.some(isNumber)).length;
}
