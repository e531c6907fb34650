import { checkCounter } from './check-counter.ts';
import { checkReads } from './check-reads.ts';
import type { SlotJournal } from './journal.ts';
import type { Operation } from './operation.ts';
import { checkOrder, witnessOf } from './witness.ts';

/**
 * Whether the counter of one slot is linearizable: whether everything that clients were answered
 * could have been said by one that does a thing at a time, each between its call and its return.
 * Slots are independent of each other, so that each is judged alone.
 *
 * No search: the database's own order of changes is the witness, and it is checked that this order
 * is arithmetic (check-counter), that it keeps the order of whatever did not overlap (witness), and
 * that every look and every refusal fits into it (check-reads). Answers with what is wrong.
 */
export function checkSlot(journal: SlotJournal, operations: readonly Operation[]): string[] {
  const { intervals, wrong } = witnessOf(journal, operations);
  return [
    ...checkCounter(journal),
    ...wrong,
    ...checkOrder(intervals),
    ...checkReads(journal, intervals, operations),
  ];
}

export type History = {
  readonly operations: readonly Operation[];
  readonly journals: readonly SlotJournal[];
};

/** The same for every slot. */
export function checkHistory({ operations, journals }: History): string[] {
  const bySlot = Map.groupBy(operations, ({ slotId }) => slotId);
  return journals.flatMap((journal) =>
    checkSlot(journal, bySlot.get(journal.slotId) ?? []).map(
      (what) => `slot ${journal.slotId}: ${what}`,
    ),
  );
}
