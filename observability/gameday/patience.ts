import type { AlertRule } from '../watchers/prometheus.ts';

const units: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Scrapes, evaluations and the way to Alertmanager, on a machine that is busy. */
const besidesMs = 120_000;

/** Milliseconds of a duration as PromQL writes it: `1h30m`. */
const durationMs = (text: string): number =>
  [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );

/** How long an alert may take to begin or to end: the longest window that it looks at, and its `for`. */
export function patienceMs(rules: readonly AlertRule[], slackMs = 0): number {
  const of = ({ query, duration, keepFiringFor = 0 }: AlertRule) => {
    const windows = [...query.matchAll(/\[([\dmshd]+)(?::[\dmshd]*)?\]/g)];
    const longest = Math.max(0, ...windows.map(([, window = '']) => durationMs(window)));
    return longest + (duration + keepFiringFor) * 1_000;
  };
  return Math.max(...rules.map(of)) + besidesMs + slackMs;
}
