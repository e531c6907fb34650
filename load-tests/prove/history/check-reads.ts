import type { SlotJournal } from './journal.ts';
import type { Operation } from './operation.ts';
import type { Interval } from './witness.ts';

/**
 * A refusal may be said from memory, which is at most 100 ms old when the buyer comes
 * (sold-out-latch.ts; its clock counts whole milliseconds).
 */
const rememberedMs = 101;

type Read = Interval & { sees: (remaining: number) => boolean; what: string };

/** What somebody was shown of the counter: a number, or that fewer places are left than asked for. */
function readOf({ op, outcome, code, called, returned, remaining, places }: Operation): Read[] {
  if (op === 'look' && outcome === 'ok' && remaining !== undefined) {
    return [
      { called, returned, sees: (left) => left === remaining, what: `${remaining} places left` },
    ];
  }
  if (op === 'hold' && outcome === 'refused' && code === 'sold_out' && places !== undefined) {
    const what = `fewer than ${places} places left`;
    return [{ called: called - rememberedMs, returned, sees: (left) => left < places, what }];
  }
  return [];
}

/**
 * Gives each read the earliest state that it may have seen: after every change that was answered
 * before it was asked, before every change that was asked for after it was answered, and after what
 * reads saw that were over before it began. Taking the earliest leaves most to those that follow, so
 * a read without a state means that there is no order in which all of it happened.
 */
export function checkReads(
  { capacity, changes }: SlotJournal,
  intervals: readonly Interval[],
  operations: readonly Operation[],
): string[] {
  const remaining = [capacity, ...changes.map(({ after }) => capacity - after)];
  const reads = operations.flatMap(readOf).sort((a, b) => a.called - b.called);
  const seen: { returned: number; state: number }[] = [];
  const wrong: string[] = [];
  for (const { called, returned, sees, what } of reads) {
    let least = 0;
    let most = changes.length;
    for (const [position, write] of intervals.entries()) {
      if (write.returned < called) least = Math.max(least, position);
      if (write.called > returned) most = Math.min(most, position - 1);
    }
    for (const before of seen) {
      if (before.returned < called) least = Math.max(least, before.state);
    }
    const state = remaining.findIndex((left, at) => at >= least && at <= most && sees(left));
    if (state === -1) {
      const there = remaining.slice(least, most + 1).join(', ') || 'nothing';
      wrong.push(`somebody was told of ${what}, while there were ${there}`);
    } else {
      seen.push({ returned, state });
    }
  }
  return wrong;
}
