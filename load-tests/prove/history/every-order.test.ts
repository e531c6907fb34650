import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSlot } from './check-history.ts';
import type { SlotJournal } from './journal.ts';
import type { Operation } from './operation.ts';

const slotId = 'slot';
const capacity = 4;

type Times = { called: number; returned: number };

/** Some seconds of a clock, coarse enough for a refusal's memory of 100 ms to make no difference. */
const times = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 4 }))
  .map(
    ([from, lasts]): Times => ({ called: from * 1_000, returned: (from + lasts) * 1_000 + 500 }),
  );
const sales = fc.array(times, { maxLength: 4 });
const looks = fc.array(fc.record({ when: times, left: fc.integer({ min: 0, max: capacity }) }), {
  maxLength: 3,
});

/** Nothing stands before what was over when it began. */
const keepsTime = (order: readonly (Times & { at: number })[]): boolean =>
  order.every((one) => order.every((other) => one.returned >= other.called || one.at < other.at));

/** Tries every state for every look: sales are at whole numbers, looks between them. */
function hasOrder(sold: readonly Times[], seen: readonly { when: Times; left: number }[]): boolean {
  const written = sold.map((when, nth) => ({ ...when, at: nth + 1 }));
  const tries = (placed: readonly (Times & { at: number })[], nth: number): boolean => {
    const look = seen[nth];
    if (!look) return keepsTime(placed);
    // Looks at the same state stand beside each other in the order of their calls.
    const at = capacity - look.left + 0.5 + look.when.called / 1e6;
    return look.left >= capacity - sold.length && tries([...placed, { ...look.when, at }], nth + 1);
  };
  return tries(written, 0);
}

const common = { client: 1, slotId, during: '', outcome: 'ok' } as const;

function historyOf(sold: readonly Times[], seen: readonly { when: Times; left: number }[]) {
  const bookingOfKey = new Map(sold.map((_, nth) => [`key ${nth}`, `booking ${nth}`]));
  const journal: SlotJournal = {
    slotId,
    capacity,
    taken: sold.length,
    bookingOfKey,
    changes: sold.map((_, nth) => ({
      before: nth,
      after: nth + 1,
      moves: [{ bookingId: `booking ${nth}`, was: null, becomes: 'PENDING', places: 1 }],
    })),
  };
  const operations: Operation[] = [
    ...sold.map((when, nth): Operation => {
      const [key, bookingId] = [`key ${nth}`, `booking ${nth}`];
      return { ...common, ...when, op: 'hold', key, bookingId, places: 1 };
    }),
    ...seen.map(
      ({ when, left }): Operation => ({ ...common, ...when, op: 'look', remaining: left }),
    ),
  ];
  return { journal, operations };
}

test('accepts exactly the histories for which trying every order finds one', () => {
  let accepted = 0;
  fc.assert(
    fc.property(sales, looks, (sold, seen) => {
      const { journal, operations } = historyOf(sold, seen);
      const isAccepted = checkSlot(journal, operations).length === 0;
      accepted += Number(isAccepted);
      expect(isAccepted).toBe(hasOrder(sold, seen));
    }),
    { numRuns: 3_000 },
  );
  // Neither side of it may be what never comes.
  expect(accepted).toBeGreaterThan(100);
  expect(accepted).toBeLessThan(2_900);
});
