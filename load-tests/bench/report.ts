import type { Measured, Result } from './scenario.ts';

const whole = (value: number) => Math.round(value).toLocaleString('en');
const twoDigits = (value: number) => value.toFixed(2);

function lineOf(name: string, { perSecond, p50Ms, p99Ms, cpuMicros, outcomes }: Measured): string {
  const times =
    p99Ms && p50Ms ? `p50 ${p50Ms.median.toFixed(1)} ms, p99 ${p99Ms.median.toFixed(1)} ms` : '';
  const cpu = Object.entries(cpuMicros)
    .filter(([, micros]) => micros >= 0.5)
    .map(([process, micros]) => `${process} ${whole(micros)} µs`);
  const answers = Object.entries(outcomes).map(([status, count]) => `${whole(count)} × ${status}`);
  return `  ${name.padEnd(10)}${whole(perSecond.median).padStart(8)}/s  ${[times, ...cpu, ...answers].filter(Boolean).join(', ')}`;
}

/** What a scenario came to, for a terminal. */
export function reportOf({ id, title, measured, ratios }: Result): string {
  const lines = Object.entries(measured).map(([name, one]) => lineOf(name, one));
  const judged = ratios.map(({ name, median, least, most, reach, aim }) => {
    const verdict = median >= aim ? 'aim' : median >= reach ? 'reached' : 'MISSED';
    return `  ${twoDigits(median)} ${name} (${twoDigits(least)} to ${twoDigits(most)}; reach ${reach}, aim ${aim}): ${verdict}`;
  });
  return [`${id}  ${title}`, ...lines, ...judged].join('\n');
}
