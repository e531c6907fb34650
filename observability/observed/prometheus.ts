import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Program, startProgram } from './program.ts';

const rules = join(
  import.meta.dirname,
  '../../charts/guichet-observability/files/prometheus/rules',
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

type Answer = { status: string; error?: string; data: unknown };

async function ask(url: URL, parameters: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(parameters) });
  const { status, error, data } = (await answer.json()) as Answer;
  if (status !== 'success') throw new Error(error ?? `it answered ${answer.status}`);
  return data;
}

/** How many series have at least one value that is a number in that time, in seconds since 1970. */
export async function seriesOf(
  url: string,
  expr: string,
  { from, to }: { from: number; to: number },
): Promise<number> {
  const data = await ask(new URL('/api/v1/query_range', url), {
    query: expr,
    start: String(from),
    end: String(to),
    step: interval,
  });
  const { result } = data as { result: { values: [number, string][] }[] };
  return result.filter(({ values }) => values.some(([, value]) => Number.isFinite(Number(value))))
    .length;
}
