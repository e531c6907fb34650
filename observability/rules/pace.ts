/** As Prometheus writes it, in one unit. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/**
 * How fast time goes for a rule. On a game day nobody waits an hour for a burn rate, so there every
 * window, every `for` and every age is shorter; what a rule says of them stays in one place.
 */
export type Pace = {
  readonly drill: boolean;
  /** A range, or how long something must last. */
  readonly over: (duration: Duration) => Duration;
  /** How long something may wait or be old, in seconds. */
  readonly age: (seconds: number) => number;
};

const secondsIn = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

export function secondsOf(duration: Duration): number {
  const unit = duration.slice(-1) as keyof typeof secondsIn;
  return Number(duration.slice(0, -1)) * secondsIn[unit];
}

const durationOf = (seconds: number): Duration =>
  seconds % 60 === 0 && seconds > 0 ? `${seconds / 60}m` : `${seconds}s`;

export const everyDay: Pace = { drill: false, over: (duration) => duration, age: (age) => age };

const faster = 20;
/** Four scrapes of 5 s: `rate` needs two, and one may be late. */
const shortestRange = 20;
/** What a busy machine with two cores is late by, and no fault. */
const shortestAge = 10;

export const drill: Pace = {
  drill: true,
  over: (duration) => durationOf(Math.max(shortestRange, Math.ceil(secondsOf(duration) / faster))),
  age: (seconds) => Math.max(shortestAge, seconds / faster),
};
