import type { Measured, Result } from './scenario.ts';
import { costVerdict, ratioVerdict } from './verdict.ts';

const whole = (value: number) => Math.round(value).toLocaleString('en');
const twoDigits = (value: number) => value.toFixed(2);
const oneDigit = (value: number) => value.toFixed(1);

/** What took less is noise. */
const leastMicros = 1;

function lineOf(name: string, { perSecond, p50Ms, p99Ms, cpuMicros, outcomes }: Measured): string {
  const times =
    p99Ms && p50Ms ? `p50 ${oneDigit(p50Ms.median)} ms, p99 ${oneDigit(p99Ms.median)} ms` : '';
  const answers = Object.entries(outcomes).map(([status, count]) => `${whole(count)} × ${status}`);
  const cpu = Object.entries(cpuMicros)
    .filter(([, micros]) => micros > leastMicros)
    .sort(([, one], [, other]) => other - one)
    .map(([process, micros]) => `${process} ${whole(micros)}`);
  const speed = `  ${name.padEnd(16)}${whole(perSecond.median).padStart(8)}/s  `;
  const head = `${speed}${[times, ...answers].filter(Boolean).join(', ')}`;
  return cpu.length > 0 ? `${head}\n${' '.repeat(speed.length)}µs each: ${cpu.join(', ')}` : head;
}

/** What a scenario came to, for a terminal. */
export function reportOf({ id, title, measured, ratios, costs }: Result): string {
  const lines = Object.entries(measured).map(([name, one]) => lineOf(name, one));
  const judged = ratios.map((ratio) => {
    const { name, median, least, most, reach, aim } = ratio;
    const spread = `${twoDigits(least)} to ${twoDigits(most)}`;
    return `  ${twoDigits(median)} ${name} (${spread}; reach ${reach}, aim ${aim}): ${ratioVerdict(ratio)}`;
  });
  const priced = costs.map((cost) => {
    const { name, median, least, most, reach, aim, hereMs, noopMicros } = cost;
    const spread = `${oneDigit(least)} to ${oneDigit(most)}`;
    return `  ${oneDigit(median)} ms of CPU for ${name}, where a no-op takes ${noopMicros} µs (${spread}; here ${oneDigit(hereMs)}; at most ${reach}, aim ${aim}): ${costVerdict(cost)}`;
  });
  return [`${id}  ${title}`, ...lines, ...judged, ...priced].join('\n');
}
