import type { Result } from './scenario.ts';

type Judged = { readonly median: number; readonly reach: number; readonly aim: number };
export type Verdict = 'aim' | 'reached' | 'MISSED';

/** A ratio is to be large, a cost is to be small. */
export const ratioVerdict = ({ median, reach, aim }: Judged): Verdict =>
  median >= aim ? 'aim' : median >= reach ? 'reached' : 'MISSED';
export const costVerdict = ({ median, reach, aim }: Judged): Verdict =>
  median <= aim ? 'aim' : median <= reach ? 'reached' : 'MISSED';

/**
 * What is not even half of what it must be, or costs more than twice as much: on a machine that
 * others use too that much is a fault, where a little short may be chance.
 */
export function farShort(results: readonly Result[]): string[] {
  return results.flatMap(({ id, ratios, costs }) => [
    // Also where nothing was measured, and the median is no number.
    ...ratios
      .filter(({ median, reach }) => !(median >= reach / 2))
      .map(({ name }) => `${id} ${name}`),
    ...costs
      .filter(({ median, reach }) => !(median <= reach * 2))
      .map(({ name }) => `${id} ${name}`),
  ]);
}
