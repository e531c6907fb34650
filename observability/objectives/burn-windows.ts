import type { Severity } from '../alerts/alert.ts';
import type { Duration } from '../rules/pace.ts';

export type BurnWindow = {
  readonly severity: Severity;
  /** How many times faster than in 30 days the budget goes. */
  readonly factor: number;
  /** Over this, which says that it matters, */
  readonly long: Duration;
  /** and over this, which says that it still goes on. */
  readonly short: Duration;
};

/** The Site Reliability Workbook, chapter 5: 2, 5, 10 and 10 % of a month’s budget are gone by then. */
export const burnWindows: readonly BurnWindow[] = [
  { severity: 'page', factor: 14.4, long: '1h', short: '5m' },
  { severity: 'page', factor: 6, long: '6h', short: '30m' },
  { severity: 'ticket', factor: 3, long: '1d', short: '2h' },
  { severity: 'ticket', factor: 1, long: '3d', short: '6h' },
];

/** Every window that a ratio is recorded over, the shortest first. */
export const ratioWindows: readonly Duration[] = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'];

/** Fewer in the long window wake nobody: at night one error is all there is, and so a hundred percent. */
export const fewestErrors = 5;
