/** What a load test can be told, beside which it is. */
export type LoadSettings = {
  /** How much is offered at the peak, a second: looks where people look, else buyers. */
  readonly rate: number;
  readonly seconds: number;
  /** Places of each slot. */
  readonly capacity: number;
  /** How many stand at the window when it opens. */
  readonly buyers: number;
};

/** Above that, k6 and what it drives share too few cores: what it measures is itself. */
const mostPerSecond = 2_000;

/** A sentence for whoever typed the command. */
export class CannotLoad extends Error {}

function readCount(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new CannotLoad(`${name}=${text} is no number of them: write ${name}=${fallback}.`);
}

function readSeconds(text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  const [, count = '', unit = ''] = /^(\d+)(s|m|h)$/.exec(text) ?? [];
  const seconds = Number(count) * ({ s: 1, m: 60, h: 3_600 }[unit] ?? Number.NaN);
  if (seconds >= 1) return seconds;
  throw new CannotLoad(`DURATION=${text} is no duration: write 30s, 10m or 1h.`);
}

/** Reads RATE, DURATION, CAPACITY and BUYERS; what is not said is as the scenario has it. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  usual: LoadSettings,
): LoadSettings {
  const rate = readCount('RATE', env.RATE, usual.rate);
  if (rate > mostPerSecond) {
    throw new CannotLoad(
      `RATE=${rate} is more than k6 offers truly on one machine (${mostPerSecond}): \`make bench\` drives the limits.`,
    );
  }
  return {
    rate,
    seconds: readSeconds(env.DURATION, usual.seconds),
    capacity: readCount('CAPACITY', env.CAPACITY, usual.capacity),
    buyers: readCount('BUYERS', env.BUYERS, usual.buyers),
  };
}
