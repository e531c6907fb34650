import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, openLine } from './http-line.ts';
import { type Phase, type Run, ticksPerSecond } from './open-loop.ts';
import { quantile } from './statistics.ts';

/**
 * Books at times that chance draws, whatever becomes of those who came before: an open loop. wrk and
 * h2load ask again only when they are answered, and h2load gives no request a key of its own.
 */

/** Whoever finds so many in use does not come, and is counted: such a load is none. */
const mostLines = 6_000;
/** So long the last answers are waited for. */
const patienceMs = 15_000;

const { url, quotesFile, phases } = JSON.parse(process.argv[2] ?? '') as {
  url: string;
  quotesFile: string;
  phases: readonly Phase[];
};
const { host, pathname } = new URL(url);
const bodies = readFileSync(quotesFile, 'utf8')
  .trim()
  .split('\n')
  .map((quote) => JSON.stringify({ quote }));
const run = randomBytes(8).toString('hex');
const began = performance.now();
const sinceBegan = () => performance.now() - began;

const idle: Line[] = [];
const placed: number[] = [];
let lines = 0;
let sent = 0;
let underWay = 0;

const newSeen = () => ({
  outcomes: {} as Record<string, number>,
  tookMs: [] as number[],
  untold: 0,
  broken: 0,
  unsent: 0,
});
type Counting = ReturnType<typeof newSeen>;

function nextRequest(): string {
  sent += 1;
  const body = bodies[sent % bodies.length] ?? '';
  return `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nIdempotency-Key: ${run}-${String(sent).padStart(12, '0')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function freeLine(): Line | undefined {
  const free = idle.pop();
  if (free || lines === mostLines) return free;
  lines += 1;
  return openLine(new URL(url));
}

async function book(seen: Counting, dueMs: number): Promise<void> {
  const line = freeLine();
  if (!line) {
    seen.unsent += 1;
    return;
  }
  underWay += 1;
  try {
    const { status, retryAfter } = await line.ask(nextRequest());
    idle.push(line);
    seen.outcomes[status] = (seen.outcomes[status] ?? 0) + 1;
    if (status !== 201) {
      if (!retryAfter) seen.untold += 1;
      return;
    }
    const nowMs = sinceBegan();
    seen.tookMs.push(nowMs - dueMs);
    const tick = Math.floor((nowMs * ticksPerSecond) / 1_000);
    placed[tick] = (placed[tick] ?? 0) + 1;
  } catch {
    lines -= 1;
    seen.broken += 1;
  } finally {
    underWay -= 1;
  }
}

/** They come as people do, one by one and in bunches: the time between two is exponential. */
async function come({ perSecond, seconds }: Phase, fromMs: number): Promise<Counting> {
  const seen = newSeen();
  const untilMs = fromMs + seconds * 1_000;
  let dueMs = fromMs;
  while (dueMs < untilMs) {
    const nowMs = sinceBegan();
    while (dueMs <= nowMs && dueMs < untilMs) {
      void book(seen, dueMs);
      dueMs += (-Math.log(1 - Math.random()) * 1_000) / perSecond;
    }
    await sleep(1);
  }
  return seen;
}

const all: Counting[] = [];
let fromMs = 0;
for (const phase of phases) {
  all.push(await come(phase, fromMs));
  fromMs += phase.seconds * 1_000;
}
const giveUpMs = sinceBegan() + patienceMs;
while (underWay > 0 && sinceBegan() < giveUpMs) await sleep(20);

const result: Run = {
  phases: all.map(({ tookMs, ...counts }) => ({
    ...counts,
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
  })),
  placed: Array.from(placed, (count = 0) => count),
};
process.stdout.write(JSON.stringify(result), () => process.exit(underWay > 0 ? 1 : 0));
