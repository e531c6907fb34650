import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenSlot } from '@guichet/local-stack/e2e/organiser';
import { execa } from 'execa';
import { inRepository } from '../repository.ts';
import type { Tools } from '../tools.ts';
import { complaintsOf } from './complaints.ts';

/** What a request of the sale came to, as load-tests/sale.ts tells it. */
type Fact =
  | { failed: string; at: string; status: number; error: string; said: string }
  | { booked: string; key: string; slotId: string; places: number }
  | { soldOut: string };

type Metric = { count?: number; value?: number; rate?: number };

export type SaleResult = {
  booked: Extract<Fact, { booked: string }>[];
  failed: Extract<Fact, { failed: string }>[];
  /** What the services warned of about when the first request failed. */
  complaints: string;
  soldOut: number;
  /** As k6 counted them itself. */
  requests: number;
  failedRequests: number;
  droppedIterations: number;
};

function readFacts(file: string): Fact[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line) as { msg: string })
    .filter(({ msg }) => msg.startsWith('{'))
    .map(({ msg }) => JSON.parse(msg) as Fact);
}

/**
 * Sells at a constant rate, from a process of its own, until it is stopped. k6 runs the script as
 * it is; nothing in it asks a second time.
 */
export function startSale(
  tools: Tools,
  { lookedAt, slots }: { lookedAt: string; slots: readonly OpenSlot[] },
) {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-sale-'));
  const facts = join(folder, 'facts.jsonl');
  const summary = join(folder, 'summary.json');
  const env = {
    BASE_URL: 'http://127.0.0.1:31080',
    OFFERING: lookedAt,
    SLOTS: slots.map(({ offeringId, slotId }) => `${offeringId}:${slotId}`).join(','),
  };
  const child = execa(
    'k6',
    [
      ...['run', '--quiet', '--no-usage-report', '--no-color', '--log-format=json'],
      ...['--console-output', facts, '--summary-export', summary],
      ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      'load-tests/rollout.ts',
    ],
    { cwd: inRepository(), env: tools.env, reject: false, stdin: 'ignore', all: true },
  );
  const ended = child.then(({ all }) => all);
  const early = ended.then((said) => {
    throw new Error(`k6 ended by itself:\n${said}`);
  });
  early.catch(() => {});

  let complaints: Promise<string> | undefined;
  const watch = setInterval(() => {
    if (!readFacts(facts).some((fact) => 'failed' in fact)) return;
    clearInterval(watch);
    complaints = complaintsOf(tools, 20).catch(String);
  }, 2_000);
  child.finally(() => clearInterval(watch));

  return {
    /** Lets the sale go on for so long, and throws if it ended meanwhile. */
    goOn: (ms: number) => Promise.race([sleep(ms), early]),
    /** Does something while the sale goes on. */
    during: <T>(work: Promise<T>): Promise<T> => Promise.race([work, early]),
    async stop(): Promise<SaleResult> {
      child.kill('SIGINT');
      await ended;
      const all = readFacts(facts);
      const { metrics } = JSON.parse(readFileSync(summary, 'utf8')) as {
        metrics: Record<string, Metric & { passes?: number }>;
      };
      return {
        booked: all.filter((fact) => 'booked' in fact),
        failed: all.filter((fact) => 'failed' in fact),
        complaints: (await complaints) ?? '',
        soldOut: all.filter((fact) => 'soldOut' in fact).length,
        requests: metrics.http_reqs?.count ?? 0,
        failedRequests: metrics.http_req_failed?.passes ?? 0,
        droppedIterations: metrics.dropped_iterations?.count ?? 0,
      };
    },
    /** Ends it where it still goes on, and forgets what it said. */
    async end(): Promise<void> {
      child.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Sale = ReturnType<typeof startSale>;
