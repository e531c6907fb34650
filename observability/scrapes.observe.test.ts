import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@guichet/local-stack/e2e/eventually';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { serviceNames } from '@guichet/local-stack/stack/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { metrics } from './contract.ts';
import { readExposition } from './exposition.ts';
import { type Purchase, purchase } from './purchase/purchase.ts';

const startMs = 300_000;
let bought: Purchase;
beforeAll(async () => {
  bought = await purchase('rabbit');
}, startMs);
afterAll(() => bought?.end(), startMs);

const scrape = async (name: string): Promise<string> => {
  const answer = await fetch(new URL('/metrics', bought.world.stack.stack.management[name]));
  return answer.text();
};

test.each(serviceNames)('promtool finds nothing to say of what %s says', async (name) => {
  const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: await scrape(name),
    encoding: 'utf8',
  });

  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});

test('a purchase makes so many series, and no more than the contract allows', async () => {
  let total = 0;
  for (const name of serviceNames) {
    const read = [...readExposition(await scrape(name))];
    const own = read.filter(([metric]) => metrics[metric]);
    const most = own.map(([metric]) =>
      Object.values(metrics[metric]?.labels ?? {}).reduce((product, one) => product * one, 1),
    );
    const count = (of: typeof read) => of.reduce((sum, [, { samples }]) => sum + samples, 0);
    process.stdout.write(`${name}: ${count(read)} series, ${count(own)} of them its own\n`);
    total += count(read);
    own.forEach(([, { series }], at) => {
      expect(series.size).toBeLessThanOrEqual(most[at] ?? 0);
    });
    // A pod that says more costs its Prometheus more than it is worth.
    expect(count(read)).toBeLessThan(1_500);
  }
  process.stdout.write(`${total} series of ${serviceNames.length} processes\n`);
});

/** A Prometheus that scrapes every service, as it does in a cluster: it asks for OpenMetrics. */
async function startPrometheus() {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-prometheus-'));
  const port = await freePorts(1);
  const targets = Object.values(bought.world.stack.stack.management).map(
    (url) => new URL(url).host,
  );
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: [{ job_name: 'guichet', static_configs: [{ targets }] }],
  };
  writeFileSync(join(folder, 'prometheus.json'), JSON.stringify(config));
  const server = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.json')}`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ],
    { stdio: 'ignore' },
  );
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const url = `http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(query)}`;
    return ((await (await fetch(url)).json()) as { data: unknown }).data;
  };
  const end = async () => {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { ask, end };
}

test('Prometheus reads them as OpenMetrics, and an exemplar leads to a trace that was sent', async () => {
  const prometheus = await startPrometheus();
  try {
    type Target = { health: string; lastError: string };
    await eventually(async () => {
      const { activeTargets } = (await prometheus.ask('targets')) as { activeTargets: Target[] };
      const states = activeTargets.map(({ health, lastError }) => ({ health, lastError }));
      expect(states).toEqual(serviceNames.map(() => ({ health: 'up', lastError: '' })));
    });
    const exemplarsOf = async (query: string) => {
      const now = Date.now() / 1_000;
      const found = (await prometheus.ask('query_exemplars', {
        query,
        start: String(now - 3_600),
        end: String(now + 60),
      })) as { seriesLabels: { service: string }; exemplars: { labels: { trace_id: string } }[] }[];
      return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id));
    };
    const sent = new Set(bought.spans.map(({ traceId }) => traceId));
    for (const query of [
      'http_request_duration_seconds_bucket{service="gateway"}',
      'http_request_duration_seconds_bucket{service="reservation"}',
      'guichet_placing_statement_seconds_bucket',
    ]) {
      const traces = await eventually(async () => {
        const some = await exemplarsOf(query);
        expect(some).not.toEqual([]);
        return some;
      });
      expect(traces.filter((trace) => !sent.has(trace))).toEqual([]);
    }
  } finally {
    await prometheus.end();
  }
});
