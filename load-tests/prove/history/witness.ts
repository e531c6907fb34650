import type { SlotJournal } from './journal.ts';
import type { Operation } from './operation.ts';

/** When an effect may have happened: after it was first asked for, before it was first answered. */
export type Interval = { called: number; returned: number };

/** Holds and cancellations asked of one booking, and where the journal has their effect. */
type Effects = { taken: Map<string, number>; cancelled: Map<string, number> };

/** Positions count from 1: the change at position p leads from state p - 1 to state p. */
function effectsOf({ changes }: SlotJournal): Effects {
  const taken = new Map<string, number>();
  const cancelled = new Map<string, number>();
  for (const [at, { moves }] of changes.entries()) {
    for (const { bookingId, was, becomes } of moves) {
      if (was === null) taken.set(bookingId, at + 1);
      if (becomes === 'CANCELLED') cancelled.set(bookingId, at + 1);
    }
  }
  return { taken, cancelled };
}

const intervalOf = (tries: readonly Operation[]): Interval => ({
  called: Math.min(...tries.map(({ called }) => called)),
  returned: Math.min(
    ...tries.map(({ outcome, returned }) => (outcome === 'ok' ? returned : Infinity)),
  ),
});

function checkHold(tries: readonly Operation[], bookingId: string | undefined): string[] {
  const key = tries[0]?.key;
  const wrong: string[] = [];
  const answered = tries.filter(({ outcome }) => outcome === 'ok');
  for (const { bookingId: told } of answered) {
    if (told !== bookingId)
      wrong.push(`key ${key} was answered ${told}, the books have ${bookingId}`);
  }
  if (bookingId !== undefined && tries.every(({ outcome }) => outcome === 'refused')) {
    wrong.push(`key ${key} was only refused, and has booking ${bookingId}`);
  }
  const first = Math.min(...answered.map(({ returned }) => returned));
  for (const { outcome, called, code } of tries) {
    if (outcome === 'refused' && called > first) {
      wrong.push(`key ${key} was refused (${code}) after it had been answered`);
    }
  }
  return wrong;
}

type Bind = (position: number, tries: readonly Operation[]) => void;

/** Holds, by their key: that each is in the journal as it was answered, and nobody else is. */
function witnessHolds(
  { bookingOfKey }: SlotJournal,
  taken: ReadonlyMap<string, number>,
  operations: readonly Operation[],
  bind: Bind,
): string[] {
  const wrong: string[] = [];
  const asked = new Set<string>();
  const holds = operations.filter(({ op }) => op === 'hold');
  for (const [key, tries] of Map.groupBy(holds, ({ key }) => key ?? '')) {
    const bookingId = bookingOfKey.get(key);
    wrong.push(...checkHold(tries, bookingId));
    if (bookingId === undefined) continue;
    asked.add(bookingId);
    const position = taken.get(bookingId);
    if (position === undefined) wrong.push(`booking ${bookingId} of key ${key} took no place`);
    else bind(position, tries);
  }
  for (const bookingId of taken.keys()) {
    if (!asked.has(bookingId)) wrong.push(`booking ${bookingId} was asked for by nobody`);
  }
  return wrong;
}

/** The same of cancellations, by their booking. */
function witnessCancellations(
  cancelled: ReadonlyMap<string, number>,
  operations: readonly Operation[],
  bind: Bind,
): string[] {
  const wrong: string[] = [];
  const asked = Map.groupBy(
    operations.filter(({ op }) => op === 'cancel'),
    ({ bookingId }) => bookingId ?? '',
  );
  for (const [bookingId, tries] of asked) {
    const position = cancelled.get(bookingId);
    if (position !== undefined) bind(position, tries);
    else if (tries.some(({ outcome }) => outcome === 'ok')) {
      wrong.push(`booking ${bookingId} was said to be cancelled, and is not`);
    }
  }
  for (const bookingId of cancelled.keys()) {
    if (!asked.has(bookingId)) wrong.push(`booking ${bookingId} was cancelled by nobody`);
  }
  return wrong;
}

/**
 * The journal as a witness: for every effect that somebody asked for, its place in the database's
 * order and the interval in which it must have happened. What the house does by itself (expiries,
 * late money) has a place and no interval.
 */
export function witnessOf(journal: SlotJournal, operations: readonly Operation[]) {
  const { taken, cancelled } = effectsOf(journal);
  const intervals: Interval[] = Array.from({ length: journal.changes.length + 1 }, () => ({
    called: -Infinity,
    returned: Infinity,
  }));
  const bind: Bind = (position, tries) => {
    const bound = intervals[position] as Interval;
    const { called, returned } = intervalOf(tries);
    bound.called = Math.max(bound.called, called);
    bound.returned = Math.min(bound.returned, returned);
  };
  const wrong = [
    ...witnessHolds(journal, taken, operations, bind),
    ...witnessCancellations(cancelled, operations, bind),
  ];
  return { intervals, wrong };
}

/** Whoever was answered before somebody else began must come first. */
export function checkOrder(intervals: readonly Interval[]): string[] {
  const wrong: string[] = [];
  let latest = -Infinity;
  for (const [position, { called, returned }] of intervals.entries()) {
    latest = Math.max(latest, called);
    if (returned < latest) {
      wrong.push(`change ${position} was answered before one was asked for that stands before it`);
    }
  }
  return wrong;
}
