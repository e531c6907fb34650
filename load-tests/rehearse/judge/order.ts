/** Somebody who joined, as they saw it themselves: milliseconds of one clock. */
export type Joined = {
  readonly nth: number;
  readonly turnId: string;
  readonly asked: number;
  readonly answered: number;
  readonly rank: number;
};

/**
 * Whoever had the answer before another one asked stands before them. Between those who asked at the
 * same time there is no order that anybody could complain of.
 */
export function outOfOrder(people: readonly Joined[]): string[] {
  const byAnswer = [...people].sort((one, other) => one.answered - other.answered);
  const byAsking = [...people].sort((one, other) => one.asked - other.asked);
  const wrong: string[] = [];
  let next = 0;
  let last: Joined | undefined;
  for (const later of byAsking) {
    for (;;) {
      const earlier = byAnswer[next];
      if (!earlier || earlier.answered > later.asked) break;
      if (!last || earlier.rank > last.rank) last = earlier;
      next += 1;
    }
    if (last && last.rank > later.rank) {
      wrong.push(
        `${later.nth} came after ${last.nth} and stands before: ${later.rank}, ${last.rank}`,
      );
    }
  }
  return wrong;
}

/** Ranks are 1, 2, 3… without a gap, each once. */
export function brokenRanks(ranks: readonly number[]): string[] {
  const sorted = [...ranks].sort((one, other) => one - other);
  return sorted.flatMap((rank, at) =>
    rank === at + 1 ? [] : [`rank ${rank} is where ${at + 1} should be`],
  );
}

export type Call = { readonly calledAt: number; readonly upTo: number };
export type Admitted = {
  readonly turnId: string;
  readonly rank: number;
  readonly admittedAt: number;
};

/** The line only goes forward. */
export const steppedBack = (calls: readonly Call[]): string[] =>
  calls.flatMap(({ upTo }, at) => {
    const before = calls[at - 1];
    return before && before.upTo > upTo ? [`called up to ${upTo} after ${before.upTo}`] : [];
  });

/** Nobody is in before they were called: `calls` in their order. */
export function notCalled(admitted: readonly Admitted[], calls: readonly Call[]): string[] {
  return admitted.flatMap(({ turnId, rank, admittedAt }) => {
    const call = calls.find(({ upTo }) => upTo >= rank);
    if (call && call.calledAt <= admittedAt) return [];
    return [`${turnId}, rank ${rank}, was in ${call ? 'before its call' : 'and never called'}`];
  });
}
