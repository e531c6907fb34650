import { ZodError } from 'zod';
import { PermanentError } from './bus.ts';

/** A moment of trouble, a restart, an outage; then a person. */
export const defaultRetryTiersMs: readonly number[] = [1_000, 10_000, 60_000, 600_000];

/**
 * Where a message goes after a failed attempt: to the next tier, or, when the tiers are used up or
 * trying again cannot help (a message that is not what its schema says stays so), to the parked.
 */
export function afterFailure(
  error: unknown,
  attempts: number,
  tiersMs: readonly number[],
): { readonly retryAfterMs: number } | 'park' {
  if (error instanceof PermanentError || error instanceof ZodError) return 'park';
  const retryAfterMs = tiersMs[attempts];
  return retryAfterMs === undefined ? 'park' : { retryAfterMs };
}

export const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
