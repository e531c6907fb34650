import { setTimeout as sleep } from 'node:timers/promises';
import { wrongNow } from '../invariants.ts';
import type { Seeded } from '../seeded.ts';
import { startCrowd } from './buyers/crowd.ts';
import { createRecorder } from './buyers/recorder.ts';
import { openSale } from './buyers/sale.ts';
import { takeGuardAway } from './guard-off.ts';
import { checkHistory } from './history/check-history.ts';
import type { House } from './house.ts';
import { readJournals } from './observer.ts';

const slots = 4;
const mostRounds = 5;
const roundMs = 4_000;
/** What was sold twice may be given back a moment later, so the books are asked all the while. */
const looksEach = 20;

async function booksShowIt({ pool }: House): Promise<boolean> {
  let shown = false;
  for (let look = 0; look < looksEach; look += 1) {
    await sleep(roundMs / looksEach);
    const wrong = await wrongNow(pool);
    shown ||= wrong.some((what) => what.includes('beyond their capacity'));
  }
  return shown;
}

/**
 * The same crowd with the guard off: whoever proves that nothing is oversold must be able to see it.
 * Says who saw it; whoever is not named is blind. It leaves the tables wrong, so it comes last.
 */
export async function oversell(house: House, buyers: number, seed: Seeded) {
  await takeGuardAway(house.pool);
  const seen = { books: false, checker: false };
  for (let round = 1; ; round += 1) {
    const sale = await openSale(house.world, slots, seed);
    const recorder = createRecorder();
    const crowd = startCrowd({ size: buyers, house, sale, recorder, seed });
    const shown = await booksShowIt(house);
    seen.books ||= shown;
    await crowd.leave();
    const journals = await readJournals(house.pool, sale.slotIds);
    const checker = checkHistory({ operations: recorder.operations, journals });
    seen.checker ||= checker.some((what) => / sold \d+ of \d+ places/.test(what));
    if ((seen.books && seen.checker) || round === mostRounds) return seen;
  }
}
