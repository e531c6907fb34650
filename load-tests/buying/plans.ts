import type { Options, Scenario } from 'k6/options';
import { CannotLoad, type LoadSettings, readSettings } from './settings.ts';
import { always, nobodyShed, objectivesOf, type Thresholds } from './thresholds.ts';

/** As many buyers as wait when answers are two seconds late: with fewer k6 would leave some out. */
const waitingAt = (rate: number) => Math.max(20, rate * 2);

type Phase = { exec: string; rate: number; seconds: number; startsAt?: number };

/** So many begin each second, however long the answers take. */
const arrivals = ({ exec, rate, seconds, startsAt = 0 }: Phase): Scenario => ({
  executor: 'constant-arrival-rate',
  exec,
  rate,
  duration: `${seconds}s`,
  startTime: `${startsAt}s`,
  preAllocatedVUs: waitingAt(rate),
});

/** One books for so many who look. */
const looksPerBooking = 50;
const bookingsAt = (looks: number) => Math.max(1, Math.round(looks / looksPerBooking));

const kept = (during?: string): Thresholds => ({
  ...objectivesOf('catalog', during),
  ...objectivesOf('reservation', during),
});

function steadyMix({ rate, seconds }: LoadSettings): Options {
  return {
    scenarios: {
      look: arrivals({ exec: 'look', rate, seconds }),
      reserve: arrivals({ exec: 'buy', rate: bookingsAt(rate), seconds }),
    },
    thresholds: { ...always, ...nobodyShed, ...kept(), sold_out: ['count==0'] },
  };
}

/** The same for long, with some who change their mind, so that places come back too. */
function soak({ rate, seconds }: LoadSettings): Options {
  return {
    scenarios: {
      look: arrivals({ exec: 'look', rate, seconds }),
      reserve: arrivals({ exec: 'buy', rate: bookingsAt(rate), seconds }),
      change_mind: arrivals({ exec: 'changeMind', rate: bookingsAt(rate), seconds }),
    },
    thresholds: { ...always, ...nobodyShed, ...kept(), sold_out: ['count==0'] },
  };
}

/** The herd has its places by then; it waits five seconds for the window to open. */
const herdSeconds = 15;

/** Half of those who come in the first second, and all after that. */
const wantedBy = ({ rate, seconds }: LoadSettings) => Math.floor(rate * (seconds + 0.5));

function flashSale(settings: LoadSettings): Options {
  const { rate, seconds, capacity, buyers } = settings;
  if (capacity > Math.min(buyers, wantedBy(settings))) {
    throw new CannotLoad(
      `CAPACITY=${capacity} would not sell out: ${buyers} stand in the herd, ${wantedBy(settings)} come in the wave.`,
    );
  }
  return {
    scenarios: {
      herd: {
        executor: 'per-vu-iterations',
        exec: 'standInHerd',
        vus: buyers,
        iterations: 1,
        maxDuration: '60s',
      },
      wave: {
        executor: 'ramping-arrival-rate',
        exec: 'comeInWave',
        startTime: `${herdSeconds}s`,
        startRate: 0,
        timeUnit: '1s',
        stages: [
          { target: rate, duration: '1s' },
          { target: rate, duration: `${seconds}s` },
        ],
        preAllocatedVUs: waitingAt(rate),
      },
    },
    thresholds: {
      ...always,
      ...kept('wave'),
      'booked{scenario:herd}': [`count==${capacity}`],
      'booked{scenario:wave}': [`count==${capacity}`],
    },
  };
}

/** A tenth, all of it, a tenth again: only what comes in the middle may be sent away. */
function spike({ rate, seconds }: LoadSettings): Options {
  const calm = Math.max(1, Math.round(rate / 10));
  return {
    scenarios: {
      before: arrivals({ exec: 'lookAndBuy', rate: calm, seconds }),
      spike: arrivals({ exec: 'lookAndBuy', rate, seconds, startsAt: seconds }),
      after: arrivals({ exec: 'lookAndBuy', rate: calm, seconds, startsAt: 2 * seconds }),
    },
    thresholds: {
      ...always,
      ...kept('before'),
      ...kept('after'),
      'shed{scenario:before}': ['count==0'],
      'shed{scenario:after}': ['count==0'],
    },
  };
}

/** Three in turn: cut off in the middle of a request, gone without a word, cancelled. */
function givingUp({ rate, seconds }: LoadSettings): Options {
  return {
    scenarios: { give_up: arrivals({ exec: 'giveUp', rate, seconds }) },
    thresholds: {
      ...always,
      ...nobodyShed,
      ...kept(),
      cancelled: ['count>0'],
      cut_off: ['count>0'],
    },
  };
}

function retrying({ rate, seconds }: LoadSettings): Options {
  return {
    scenarios: { retry: arrivals({ exec: 'insist', rate, seconds }) },
    thresholds: { ...always, ...kept(), doubled: ['count==0'], asked_again: ['count>0'] },
  };
}

/** Everybody once: in line before the hour, or at the door when it strikes. */
function onSale(exec: string) {
  return ({ seconds, capacity, buyers }: LoadSettings): Options => {
    if (capacity > buyers) {
      throw new CannotLoad(`CAPACITY=${capacity} would not sell out: ${buyers} come.`);
    }
    return {
      scenarios: {
        people: {
          executor: 'per-vu-iterations',
          exec,
          vus: buyers,
          iterations: 1,
          maxDuration: `${seconds + 300}s`,
        },
      },
      thresholds: { ...always, ...kept(), booked: [`count==${capacity}`] },
    };
  };
}

type Plan = { readonly usual: LoadSettings; readonly of: (settings: LoadSettings) => Options };

const minute = 60;
/** Nobody of whom it is not said that they meet a slot that sells out does. */
const roomForAll = 100_000;

/** What each scenario does unless it is told otherwise, and what it is held to. */
const plans = {
  'steady-mix': {
    usual: { rate: 200, seconds: minute, capacity: roomForAll, buyers: 1 },
    of: steadyMix,
  },
  'flash-sale': { usual: { rate: 150, seconds: 10, capacity: 200, buyers: 300 }, of: flashSale },
  spike: { usual: { rate: 150, seconds: 15, capacity: roomForAll, buyers: 1 }, of: spike },
  soak: { usual: { rate: 100, seconds: 10 * minute, capacity: roomForAll, buyers: 1 }, of: soak },
  'giving-up': {
    usual: { rate: 30, seconds: minute, capacity: roomForAll, buyers: 1 },
    of: givingUp,
  },
  'on-sale': {
    usual: { rate: 1, seconds: 60, capacity: 100, buyers: 400 },
    of: onSale('standInLine'),
  },
  'on-sale-without-a-room': {
    usual: { rate: 1, seconds: 60, capacity: 100, buyers: 400 },
    of: onSale('rushIn'),
  },
  retrying: { usual: { rate: 30, seconds: minute, capacity: roomForAll, buyers: 1 }, of: retrying },
} satisfies Record<string, Plan>;

export type ScenarioName = keyof typeof plans;
export const scenarioNames = Object.keys(plans) as ScenarioName[];

type Env = Readonly<Record<string, string | undefined>>;

export const settingsOf = (name: ScenarioName, env: Env): LoadSettings =>
  readSettings(env, plans[name].usual);

/** A scenario as k6 runs it. */
export const optionsOf = (name: ScenarioName, env: Env): Options => ({
  // A stack on this machine listens on IPv4, from whose addresses each buyer has one.
  hosts: { localhost: '127.0.0.1' },
  setupTimeout: '120s',
  teardownTimeout: '300s',
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
  ...plans[name].of(settingsOf(name, env)),
});
