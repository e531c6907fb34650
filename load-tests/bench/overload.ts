import { setTimeout as sleep } from 'node:timers/promises';
import { assertInvariants } from './assert-invariants.ts';
import { type Load, OfferedLess } from './load.ts';
import { openLoop, type Run, type Seen, ticksPerSecond } from './open-loop.ts';
import type { Contender, Scenario } from './scenario.ts';
import { wrkAt } from './wrk.ts';

const connections = 64;
const plenty = 1_000_000;
const times = 3;
/** So soon after a rush it is as if there had been none. */
const backSeconds = 2;
const probes = 20;
const probeMs = 1_000;

/** Asks the management ports of those who are overrun whether they live, evenly over the time. */
async function probe(ports: readonly (URL | string)[], seconds: number): Promise<void> {
  const asked: Promise<boolean>[] = [];
  for (let nth = 0; nth < probes; nth += 1) {
    for (const port of ports) {
      const answer = fetch(new URL('/health/live', port), { signal: AbortSignal.timeout(probeMs) });
      asked.push(
        answer.then(
          ({ ok }) => ok,
          () => false,
        ),
      );
    }
    await sleep((seconds * 1_000) / probes);
  }
  const answered = (await Promise.all(asked)).filter(Boolean).length;
  if (answered < asked.length) {
    throw new Error(`${answered} of ${asked.length} probes were answered within ${probeMs} ms.`);
  }
}

const total = (seen: readonly Seen[], of: (one: Seen) => number) =>
  seen.reduce((sum, one) => sum + of(one), 0);

const placedIn = ({ phases }: Run) => total(phases, ({ outcomes }) => outcomes[201] ?? 0);

/** Bookings are placed, or refused until later in words that say so; nothing else is an answer. */
function assertOrderly({ phases }: Run): void {
  const others = phases.flatMap(({ outcomes }) =>
    Object.keys(outcomes).filter((status) => status !== '201' && status !== '503'),
  );
  const untold = total(phases, (one) => one.untold);
  const broken = total(phases, (one) => one.broken);
  if (others.length + untold + broken > 0) {
    throw new Error(
      `${others.join()} was answered, ${untold} refusals said no time, ${broken} broke off.`,
    );
  }
  const unsent = total(phases, (one) => one.unsent);
  const asked = total(phases, (one) => Object.values(one.outcomes).reduce((a, b) => a + b, 0));
  if (unsent > asked / 100) {
    throw new OfferedLess(`The generator kept ${unsent} back, sent ${asked}.`);
  }
}

/** What was placed between two seconds of a run, with the answers of one of its phases. */
function loadOf(run: Run, nth: number, from: number, to: number): Load {
  const { outcomes, p50Ms, p99Ms } = run.phases[nth] as Seen;
  const placed = run.placed.slice(from * ticksPerSecond, to * ticksPerSecond);
  const done = placed.reduce((sum, count) => sum + count, 0);
  return { done, doneInAll: placedIn(run), seconds: to - from, p50Ms, p99Ms, outcomes };
}

/**
 * A crowd of three times what can be served, through two gateways, that goes on coming whatever it is
 * answered; then as many as can be served. What can be served is measured before, by wrk. The CPU
 * of a contender is of all its phases, and of those who still stood in line after them, for each
 * booking of all these.
 *
 * Two, since so many are installed at least: who is refused takes most of one gateway's only thread
 * from those who are passed on, and what then comes to reservation, in bunches that are too small,
 * says how far one thread goes, not what refusing costs.
 */
export const overload: Scenario = {
  id: 'e',
  title: 'Three times as many come as can be served, then as many again as can be',
  async prepare(lab) {
    const { quotesFile } = await lab.hotSale(plenty);
    const second = await lab.beside.start('gateway');
    const urls = [new URL('/api/bookings', lab.stack.gateway), second.url];
    const { gateway = '', reservation = '' } = lab.stack.management;
    const ports = [gateway, second.management, reservation];
    await wrkAt(urls, { quotesFile, connections, seconds: 2 });
    const { done, seconds: took } = await wrkAt(urls, { quotesFile, connections, seconds: 4 });
    const capacity = done / took;

    let placed = 0;
    const come = async (phases: readonly (readonly [times: number, seconds: number])[]) => {
      const run = await openLoop({
        urls,
        quotesFile,
        phases: phases.map(([many, seconds]) => ({ perSecond: many * capacity, seconds })),
      });
      placed = placedIn(run);
      assertOrderly(run);
      return run;
    };
    const check = () => assertInvariants(lab.pool, placed);

    const contenders: Contender[] = [
      {
        name: 'once',
        check,
        load: async (seconds) => loadOf(await come([[1, seconds]]), 0, 0, seconds),
      },
      {
        name: 'thrice',
        check,
        async load(seconds) {
          const [run] = await Promise.all([come([[times, seconds]]), probe(ports, seconds)]);
          return loadOf(run, 0, 0, seconds);
        },
      },
      {
        name: 'after',
        check,
        async load(seconds) {
          const until = seconds + backSeconds;
          const phases = [
            [times, seconds],
            [1, backSeconds],
            [1, seconds],
          ] as const;
          return loadOf(await come(phases), 2, until, until + seconds);
        },
      },
    ];
    return { contenders, end: () => lab.beside.end(second) };
  },
  ratios: [
    {
      // What comes three times as often costs the generator three times as much, of the same cores.
      name: 'of what is sold at once, for the same CPU',
      by: 'cpu',
      of: 'thrice',
      over: 'once',
      reach: 0.9,
      aim: 0.97,
    },
    { name: 'of it, 2 s after the rush', of: 'after', over: 'once', reach: 0.9, aim: 0.97 },
  ],
};
