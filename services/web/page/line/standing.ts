import type { LineView } from '@guichet/contracts/lines';

export type Line = LineView;

/** Somebody’s place: how many are before them at most, since some of those have gone away. */
export type Standing =
  | { readonly kind: 'drawn_later' }
  | { readonly kind: 'called' }
  | { readonly kind: 'waits'; readonly ahead: number };

export function standingOf(
  { calledUpTo }: Pick<Line, 'calledUpTo'>,
  rank: number | null,
): Standing {
  if (rank === null) return { kind: 'drawn_later' };
  if (rank <= calledUpTo) return { kind: 'called' };
  return { kind: 'waits', ahead: rank - calledUpTo - 1 };
}

/** With none that could come back, it is over. */
export const isSoldOut = ({ placesLeft, held }: Pick<Line, 'placesLeft' | 'held'>): boolean =>
  placesLeft === 0 && held === 0;

/** What is measured over a minute changes by so much from one to the next. */
const surely = 0.7;
const atMost = 1.6;

/** From so many minutes to so many; nothing where nobody was called of late. */
export function minutesUntilCalled(
  ahead: number,
  calledPerMinute: number,
): { from: number; to: number } | undefined {
  if (calledPerMinute <= 0) return undefined;
  const minutes = (ahead + 1) / calledPerMinute;
  return { from: Math.floor(minutes * surely), to: Math.max(1, Math.ceil(minutes * atMost)) };
}

/** Who is called has a minute or more to hear of it: a hidden page asks half as often. */
const hiddenFactor = 2;
const longestMs = 60_000;

/**
 * How long to wait before asking again: what the line says, and up to as much again, so that a crowd
 * that came together does not ask together. What failed is asked later and later.
 */
export function askAfterMs(
  askAgainMs: number,
  { chance, isHidden, failures }: { chance: number; isHidden: boolean; failures: number },
): number {
  const spread = askAgainMs * (1 + chance) * (isHidden ? hiddenFactor : 1);
  return Math.min(longestMs, spread * 2 ** Math.min(failures, 5));
}
