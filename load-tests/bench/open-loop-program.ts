import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { type Line, openLine } from './http-line.ts';
import { type Phase, type Run, ticksPerSecond } from './open-loop.ts';
import { quantile } from './statistics.ts';

/**
 * Books at times that chance draws, whatever becomes of those who came before: an open loop. wrk and
 * h2load ask again only when they are answered, and h2load gives no request a key of its own.
 */

/**
 * Connections, which are there before it begins: how soon a stranger is let in is another question.
 * Whoever finds all in use does not come, and is counted: such a load is none.
 */
const lines = 3_000;
/** Fewer than a server has patience for who have not been let in yet. */
const openAtOnce = 200;
/** So long the last answers are waited for. */
const patienceMs = 15_000;

const { urls, quotesFile, phases } = JSON.parse(process.argv[2] ?? '') as {
  urls: readonly [string, ...string[]];
  quotesFile: string;
  phases: readonly Phase[];
};
const { host, pathname } = new URL(urls[0]);
const bodies = readFileSync(quotesFile, 'utf8')
  .trim()
  .split('\n')
  .map((quote) => JSON.stringify({ quote }));
const run = randomBytes(8).toString('hex');

const idle: Line[] = [];
const placed: number[] = [];
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

let beganAt = 0;
const sinceBegan = () => performance.now() - beganAt;

async function book(seen: Counting, dueMs: number): Promise<void> {
  const line = idle.pop();
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
    seen.broken += 1;
  } finally {
    underWay -= 1;
  }
}

const asleep = new Int32Array(new SharedArrayBuffer(4));

/**
 * Sleeps where no answer wakes it, and then takes all that have come. Crowds are woken on machines of
 * their own: to wake this one cost the gateway a quarter of each refusal.
 */
async function rest(ms: number): Promise<void> {
  Atomics.wait(asleep, 0, 0, ms);
  await turn();
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
    await rest(1);
  }
  return seen;
}

while (idle.length < lines) {
  const some = Array.from({ length: openAtOnce }, (_, nth) =>
    openLine(new URL(urls[nth % urls.length] ?? urls[0])),
  );
  await Promise.all(some.map(({ opened }) => opened));
  idle.push(...some);
}

beganAt = performance.now();
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
