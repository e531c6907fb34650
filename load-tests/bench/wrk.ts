import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Load } from './load.ts';

const script = join(import.meta.dirname, 'book.lua');

type Said = {
  requests: number;
  micros: number;
  p50Ms: number;
  p99Ms: number;
  broken: number;
  statuses: Record<string, number>;
};

export type Crowd = {
  /** Where it books; a look goes to the same server. */
  readonly url: URL;
  readonly quotesFile: string;
  readonly connections: number;
  readonly seconds: number;
  /** Access tokens of customers, one a line: each booking is one of theirs. */
  readonly tokensFile?: string;
  /** Admissions, one a line: each booking shows the next one. */
  readonly admissionsFile?: string;
  /** So many looks at a path for each booking. */
  readonly looks?: { readonly at: string; readonly perBooking: number };
};

/**
 * Books as fast as it is answered, by wrk (Debian has it): 8 µs of CPU a request, where k6 takes
 * 63. It is a closed loop: whoever waits does not ask.
 */
export async function wrk(crowd: Crowd): Promise<Load> {
  const { url, quotesFile, tokensFile, admissionsFile, connections, seconds, looks } = crowd;
  const { stdout } = await execa(
    'wrk',
    ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url.origin],
    {
      env: {
        QUOTES: quotesFile,
        BOOK: url.pathname,
        RUN: randomBytes(8).toString('hex'),
        ...(tokensFile && { TOKENS: tokensFile }),
        ...(admissionsFile && { ADMISSIONS: admissionsFile }),
        ...(looks && { LOOK: looks.at, LOOKS: String(looks.perBooking) }),
      },
    },
  );
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Said;
  if (said.broken > 0) throw new Error(`${said.broken} requests to ${url} broke off.`);
  const { requests, statuses, p50Ms, p99Ms, micros } = said;
  return { done: requests, seconds: micros / 1e6, p50Ms, p99Ms, outcomes: statuses };
}

/** A crowd that is spread over several servers; the slowest latency of them is that of all. */
export async function wrkAt(urls: readonly URL[], crowd: Omit<Crowd, 'url'>): Promise<Load> {
  const connections = Math.ceil(crowd.connections / urls.length);
  const loads = await Promise.all(urls.map((url) => wrk({ ...crowd, url, connections })));
  const outcomes: Record<string, number> = {};
  for (const load of loads) {
    for (const [status, count] of Object.entries(load.outcomes)) {
      outcomes[status] = (outcomes[status] ?? 0) + count;
    }
  }
  const slowest = (name: 'p50Ms' | 'p99Ms') => Math.max(...loads.map((load) => load[name] ?? 0));
  return {
    done: loads.reduce((sum, { done }) => sum + done, 0),
    seconds: Math.max(...loads.map(({ seconds }) => seconds)),
    p50Ms: slowest('p50Ms'),
    p99Ms: slowest('p99Ms'),
    outcomes,
  };
}
