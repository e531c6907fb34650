import type { Operation } from './operation.ts';

const firstOf = (
  operations: readonly Operation[],
  isIt: (operation: Operation) => boolean,
  what: string,
): number => {
  const at = operations.findIndex(isIt);
  if (at === -1) throw new Error(`The history has no ${what} to be doctored.`);
  return at;
};

const isHeld = ({ op, outcome }: Operation) => op === 'hold' && outcome === 'ok';
const isSoldOut = ({ op, code }: Operation) => op === 'hold' && code === 'sold_out';

/** Lies, each of one operation, that a checker must not believe. */
export const doctorings: Readonly<
  Record<string, (operations: readonly Operation[]) => Operation[]>
> = {
  'one success added': (operations) => {
    const held = operations[firstOf(operations, isHeld, 'hold')] as Operation;
    return [...operations, { ...held, key: 'doctored', bookingId: 'doctored' }];
  },
  'one refusal turned into a success': (operations) => {
    const { code: _, ...refused } = operations[
      firstOf(operations, isSoldOut, 'refusal')
    ] as Operation;
    return operations.with(operations.findIndex(isSoldOut), {
      ...refused,
      outcome: 'ok',
      bookingId: 'doctored',
    });
  },
  'one success turned into a refusal': (operations) => {
    const at = firstOf(operations, isHeld, 'hold');
    const held = operations[at] as Operation;
    const { bookingId: _, ...asked } = held;
    return operations
      .filter(({ key }) => key !== held.key)
      .concat({ ...asked, outcome: 'refused', code: 'sold_out' });
  },
  'one refusal moved to before the first sale': (operations) => {
    const refused = operations[firstOf(operations, isSoldOut, 'refusal')] as Operation;
    const sales = operations.filter(({ op, slotId }) => op === 'hold' && slotId === refused.slotId);
    const first = Math.min(...sales.map(({ called }) => called));
    return operations.with(operations.indexOf(refused), {
      ...refused,
      called: first - 2_000,
      returned: first - 1_000,
    });
  },
};
