import { median } from '../bench/statistics.ts';

/** What a service may have, with traces on, whatever the rush. */
const mostMb = 256;
/** What grows by more between the third quarter of a run and the fourth is not flat. */
const mostGrowth = 0.05;

export type Verdict = {
  readonly name: string;
  readonly firstMb: number;
  readonly peakMb: number;
  readonly thirdMb: number;
  readonly fourthMb: number;
  readonly faults: readonly string[];
};

/**
 * Judges one sample a second of a run. Flat is judged by medians of quarters: a collection of
 * garbage, or a picture that is drawn, is a peak and no slope.
 */
export function judge(name: string, samples: readonly number[]): Verdict {
  const quarter = Math.floor(samples.length / 4);
  const thirdMb = median(samples.slice(2 * quarter, 3 * quarter));
  const fourthMb = median(samples.slice(3 * quarter));
  const peakMb = samples.reduce((most, sample) => Math.max(most, sample), Number.NEGATIVE_INFINITY);
  const faults: string[] = [];
  if (!(samples.length > 0 && peakMb <= mostMb)) faults.push(`more than ${mostMb} MB`);
  if (!(fourthMb <= thirdMb * (1 + mostGrowth))) faults.push('grows');
  return { name, firstMb: samples[0] ?? Number.NaN, peakMb, thirdMb, fourthMb, faults };
}

const columns = ['firstMb', 'thirdMb', 'fourthMb', 'peakMb'] as const;
const heads = ['MB', 'at first', '3rd quarter', '4th quarter', 'peak'];

/** What the services came to, for a terminal. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((verdict) => [
    verdict.name,
    ...columns.map((column) => verdict[column].toFixed(0)),
    verdict.faults.join(', ') || 'ok',
  ]);
  return [heads, ...rows].map((row) => row.map((cell) => cell.padEnd(13)).join('')).join('\n');
}
