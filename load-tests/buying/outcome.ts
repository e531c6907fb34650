/** What became of a wish to book. */
export type Outcome = 'booked' | 'sold_out' | 'shed' | 'unexpected';

/** Says it by the answer. What no buyer should meet, also no answer at all, is unexpected. */
export function outcomeOf(status: number, code: unknown): Outcome {
  if (status === 201) return 'booked';
  if (status === 409 && code === 'sold_out') return 'sold_out';
  return status === 503 ? 'shed' : 'unexpected';
}

/** How long an answer asks to wait: seconds, as all of ours say it (RFC 9110, 10.2.3). */
export function waitSecondsOf(retryAfter: string | undefined, fallback = 1): number {
  const seconds = Number(retryAfter || Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : fallback;
}
