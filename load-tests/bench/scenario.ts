import type { Lab } from './lab.ts';
import { eachOf, type Load, OfferedLess, perSecond } from './load.ts';
import { type Spread, spreadOf } from './statistics.ts';

/** One load of a round, measured beside the others of the same round. */
export type Contender = {
  readonly name: string;
  /** What is there before it begins, after everything was taken away. */
  readonly before?: () => Promise<void>;
  readonly load: (seconds: number) => Promise<Load>;
  /** Throws where something is wrong that must never be; a speed counts only when it is right. */
  readonly check?: (load: Load) => Promise<void>;
};

/** A ratio that a scenario is for: one contender’s speed over another’s. */
export type Ratio = {
  readonly name: string;
  readonly of: string;
  readonly over: string;
  /** Speed for the CPU that Guichet took: where the generator takes much of the machine’s. */
  readonly by?: 'cpu';
  readonly reach: number;
  readonly aim: number;
};

/**
 * What one request may cost at most, in milliseconds of CPU by everything that serves it. So many
 * are worth nothing on another machine: what is held against the goals is what it would be where
 * a no-op takes `noopMicros`, which is measured in the same round.
 */
export type Cost = {
  readonly name: string;
  readonly of: string;
  readonly noop: string;
  readonly noopMicros: number;
  readonly reach: number;
  readonly aim: number;
};

export type Scenario = {
  readonly id: string;
  readonly title: string;
  readonly prepare: (lab: Lab) => Promise<{
    contenders: readonly Contender[];
    /** Ends what it started, for whoever is measured next. */
    end?: () => Promise<void>;
  }>;
  readonly ratios: readonly Ratio[];
  readonly costs?: readonly Cost[];
};

export type Measured = {
  readonly perSecond: Spread;
  readonly p50Ms?: Spread;
  readonly p99Ms?: Spread;
  /** CPU of each process for one request. */
  readonly cpuMicros: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
};
export type Result = {
  readonly id: string;
  readonly title: string;
  readonly measured: Readonly<Record<string, Measured>>;
  readonly ratios: readonly (Ratio & Spread)[];
  readonly costs: readonly (Cost & Spread & { readonly hereMs: number })[];
};

/** How long is measured how often, each time after so long that does not count. */
export type Pace = {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
};

type Taken = { readonly load: Load; readonly cpuMicros: Record<string, number> };

/**
 * What has run a moment ago runs as it will go on: compiled, with its pages in memory. Who has stood
 * idle while the others were measured does not.
 */
async function warm(lab: Lab, contender: Contender, seconds: number): Promise<void> {
  await lab.reset();
  await contender.before?.();
  await contender.load(seconds);
}

async function takeOne(lab: Lab, contender: Contender, pace: Pace): Promise<Taken> {
  await warm(lab, contender, pace.warmSeconds);
  await lab.reset();
  await contender.before?.();
  const before = lab.cpu();
  const load = await contender.load(pace.seconds);
  const after = lab.cpu();
  await contender.check?.(load);
  const used = Object.entries(after).map(
    ([name, micros]) => [name, eachOf(micros - (before[name] ?? 0), load)] as const,
  );
  return { load, cpuMicros: Object.fromEntries(used) };
}

/** A machine that stands still for a moment does so for everybody: so often that is not looked at. */
const tries = 3;

/** Takes it again where the generator was held up; who holds it up each time is who is measured. */
async function takeOffered(lab: Lab, contender: Contender, pace: Pace): Promise<Taken> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await takeOne(lab, contender, pace);
    } catch (error) {
      if (!(error instanceof OfferedLess) || left === 0) throw error;
      process.stderr.write(`${contender.name} is measured again: ${error.message}\n`);
    }
  }
}

/** Who drives the load, and who stands where others’ servers would be. */
const others = new Set(['bench', 'generator', 'no-op', 'stripe', 'inbox']);

const millisOf = ({ cpuMicros }: Taken): number =>
  Object.entries(cpuMicros).reduce(
    (sum, [name, micros]) => (others.has(name) ? sum : sum + micros / 1_000),
    0,
  );

/** As it is on this machine, and on one where a no-op takes as long as the goal says. */
function costOf(cost: Cost, taken: readonly Taken[], noops: readonly Taken[]) {
  const here = taken.map(millisOf);
  const scaled = here.map(
    (millis, at) => (millis * cost.noopMicros) / (noops[at]?.cpuMicros['no-op'] ?? Number.NaN),
  );
  return { ...cost, ...spreadOf(scaled), hereMs: spreadOf(here).median };
}

const summed = (outcomes: readonly Load['outcomes'][]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const one of outcomes) {
    for (const [status, count] of Object.entries(one)) sums[status] = (sums[status] ?? 0) + count;
  }
  return sums;
};

function measured(taken: readonly Taken[]): Measured {
  const loads = taken.map(({ load }) => load);
  const times = (name: 'p50Ms' | 'p99Ms') => {
    const values = loads.flatMap((load) => load[name] ?? []);
    return values.length > 0 ? { [name]: spreadOf(values) } : {};
  };
  const processes = new Set(taken.flatMap(({ cpuMicros }) => Object.keys(cpuMicros)));
  return {
    perSecond: spreadOf(loads.map(perSecond)),
    ...times('p50Ms'),
    ...times('p99Ms'),
    cpuMicros: Object.fromEntries(
      [...processes].map((name) => [
        name,
        spreadOf(taken.map(({ cpuMicros }) => cpuMicros[name] ?? 0)).median,
      ]),
    ),
    outcomes: summed(loads.map(({ outcomes }) => outcomes)),
  };
}

/** Rounds of a scenario’s contenders, by name. */
async function takeRounds(
  lab: Lab,
  contenders: readonly Contender[],
  pace: Pace,
): Promise<Map<string, Taken[]>> {
  const taken = new Map<string, Taken[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < pace.rounds; round += 1) {
    const order = round % 2 ? contenders.toReversed() : contenders;
    for (const contender of order) {
      taken.get(contender.name)?.push(await takeOffered(lab, contender, pace));
    }
  }
  return taken;
}

/**
 * Measures a scenario’s contenders in turn, round by round, in an order that turns round each time:
 * these machines are shared, so a speed is worth something beside another of the same minute alone.
 */
export async function runScenario(
  lab: Lab,
  { id, title, prepare, ratios, costs = [] }: Scenario,
  pace: Pace,
): Promise<Result> {
  const { contenders, end } = await prepare(lab);
  const taken = await takeRounds(lab, contenders, pace);
  await end?.();

  const of = (name: string) => taken.get(name) ?? [];
  const speeds = (name: string, by?: Ratio['by']) =>
    of(name).map((one) => (by ? 1 / millisOf(one) : perSecond(one.load)));
  return {
    id,
    title,
    measured: Object.fromEntries([...taken].map(([name, loads]) => [name, measured(loads)])),
    ratios: ratios.map((ratio) => {
      const over = speeds(ratio.over, ratio.by);
      const values = speeds(ratio.of, ratio.by).map((one, at) => one / (over[at] ?? 0));
      return { ...ratio, ...spreadOf(values) };
    }),
    costs: costs.map((cost) => costOf(cost, of(cost.of), of(cost.noop))),
  };
}
