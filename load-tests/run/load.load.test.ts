import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnStack, startOwnStack } from '@guichet/local-stack/e2e/own-stack';
import { createPool } from '@guichet/postgres/pool';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const startMs = 300_000;
const runMs = 180_000;

type Metric = { count?: number; thresholds?: Record<string, boolean> };

let own: OwnStack;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-load-'));
  own = await startOwnStack({ messages: 'rabbit', https: false, env: {} });
}, startMs);
afterAll(async () => {
  await own?.end();
  rmSync(folder, { recursive: true, force: true });
}, startMs);

/** What `make load` says, how it ends, and what k6 counted. */
async function load(settings: Record<string, string>) {
  const summary = join(folder, `${settings.SCENARIO}.json`);
  const env = { GUICHET_STACK: own.stackFile, K6_SUMMARY_EXPORT: summary, ...settings };
  const { all, exitCode } = await execa(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    all: true,
    reject: false,
  });
  return { said: all, exitCode, metrics: () => readMetrics(summary) };
}

const readMetrics = (file: string) =>
  (JSON.parse(readFileSync(file, 'utf8')) as { metrics: Record<string, Metric> }).metrics;

/** The thresholds that were crossed; how fast this machine is, and what that makes of a run, is none of them. */
const crossed = (metrics: Record<string, Metric>) =>
  Object.entries(metrics)
    .filter(([name]) => !/^(http_req_duration|dropped_iterations)/.test(name))
    .flatMap(([name, { thresholds = {} }]) =>
      Object.entries(thresholds).flatMap(([rule, failed]) => (failed ? [`${name} ${rule}`] : [])),
    );

describe('`make load` with the k6 of this machine', () => {
  test(
    'sells each place of a flash sale once, and refuses the others',
    async () => {
      const { said, exitCode, metrics } = await load({
        ...{ SCENARIO: 'flash-sale', BUYERS: '60', CAPACITY: '40' },
        ...{ RATE: '30', DURATION: '3s' },
      });
      expect([0, 99], said).toContain(exitCode);
      expect(crossed(metrics()), said).toEqual([]);
      expect(metrics().booked?.count).toBe(80);
      expect(metrics().sold_out?.count).toBeGreaterThan(20);
    },
    runMs,
  );

  test.each(['steady-mix', 'spike', 'soak', 'giving-up', 'retrying'])(
    'finds the books of %s right',
    async (SCENARIO) => {
      const { said, exitCode, metrics } = await load({ SCENARIO, RATE: '20', DURATION: '3s' });
      expect([0, 99], said).toContain(exitCode);
      expect(crossed(metrics()), said).toEqual([]);
      expect(metrics().booked?.count).toBeGreaterThan(0);
    },
    runMs,
  );

  test(
    'fails when the books are wrong',
    async () => {
      const databaseUrl = new URL(own.postgres.url);
      databaseUrl.pathname = '/guichet_reservation';
      const pool = createPool({ url: databaseUrl.href, applicationName: 'load-test', max: 1 });
      const loading = load({ SCENARIO: 'steady-mix', RATE: '50', DURATION: '10s' });
      // A place that nobody has booked is taken, once the slot of this run is sold.
      const spoilt = expect
        .poll(async () => {
          const { rowCount } = await pool.query(
            `update slots set taken = taken + 1
              where id = (select id from slots order by id desc limit 1)
                and taken between 1 and 20 and capacity = 100000`,
          );
          return rowCount;
        })
        .toBe(1);
      try {
        await spoilt;
        const { said, exitCode } = await loading;
        expect(exitCode, said).toBe(107);
        expect(said).toContain('The books are wrong. The counter says');
      } finally {
        await loading;
        await pool.end();
      }
    },
    runMs,
  );

  test('says in a sentence what it lacks', async () => {
    const { said, exitCode } = await load({ SCENARIO: 'soak', PATH: '/nowhere', CLUSTER_KIT: '' });
    expect(exitCode).toBe(1);
    expect(said).toMatch(/^\nk6 is not on the PATH, .*install k6/);
  });
});
