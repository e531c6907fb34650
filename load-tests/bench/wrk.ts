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

/**
 * Books as fast as it is answered, by wrk (Debian has it): 8 µs of CPU a request, where k6 takes
 * 63. It is a closed loop: whoever waits does not ask.
 */
export async function wrk({
  url,
  quotesFile,
  connections,
  seconds,
}: {
  url: URL;
  quotesFile: string;
  connections: number;
  seconds: number;
}): Promise<Load> {
  const { stdout } = await execa(
    'wrk',
    [`-t1`, `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url.origin],
    {
      env: {
        QUOTES: quotesFile,
        PATHNAME: url.pathname,
        RUN: randomBytes(8).toString('hex'),
      },
    },
  );
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Said;
  if (said.broken > 0) throw new Error(`${said.broken} requests to ${url} broke off.`);
  const { requests, statuses, p50Ms, p99Ms, micros } = said;
  return { done: requests, seconds: micros / 1e6, p50Ms, p99Ms, outcomes: statuses };
}
