import type { Move, SlotJournal } from './journal.ts';

/** Whether a booking of this status has its places. */
const isActive = (status: string | null) =>
  status !== null && status !== 'CANCELLED' && status !== 'EXPIRED';

const takenBy = ({ was, becomes, places }: Move): number =>
  places * (Number(isActive(becomes)) - Number(isActive(was)));

/** The counter as arithmetic: it begins at 0, each change is that of its bookings, none oversells. */
export function checkCounter({ capacity, taken, changes }: SlotJournal): string[] {
  const wrong: string[] = [];
  let counter = 0;
  for (const [at, { before, after, moves }] of changes.entries()) {
    const nth = `change ${at + 1}`;
    if (before !== counter)
      wrong.push(`${nth} began at ${before}, the one before ended at ${counter}`);
    const moved = moves.reduce((sum, move) => sum + takenBy(move), 0);
    if (after - before !== moved) {
      wrong.push(`${nth} counted ${after - before} places, its bookings are ${moved}`);
    }
    if (after > capacity) wrong.push(`${nth} sold ${after} of ${capacity} places`);
    if (after < 0) wrong.push(`${nth} gave back places that nobody had`);
    counter = after;
  }
  if (counter !== taken) wrong.push(`the counter is ${taken}, its last change left ${counter}`);
  return wrong;
}
