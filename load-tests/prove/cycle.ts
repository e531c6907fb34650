import { setTimeout as sleep } from 'node:timers/promises';
import { wrongNow } from '../invariants.ts';
import type { Seeded } from '../seeded.ts';
import { startCrowd } from './buyers/crowd.ts';
import { createRecorder } from './buyers/recorder.ts';
import { openSale } from './buyers/sale.ts';
import { startWaiters } from './buyers/waiters.ts';
import { createResolver, lostAnswers } from './classify.ts';
import type { Fault } from './faults/fault.ts';
import { checkHistory, type History } from './history/check-history.ts';
import type { House } from './house.ts';
import { readJournals } from './observer.ts';
import { settle } from './settle.ts';
import { type Line, lineOf } from './table.ts';

/** New slots with each fault: those of before are sold out by then, but for what is given back. */
const slotsPerFault = 3;
/** Enough that somebody always waits for the sold-out slot, and few beside those who buy. */
const waiting = 4;
/** How long buyers have a house that is well again, before the next thing goes wrong. */
const restMs = 1_000;

export type Cycle = {
  readonly history: History;
  readonly wrong: readonly string[];
  readonly lines: readonly Line[];
};

/** A database that is starting is asked again: this asks in the middle of it all. */
async function wrongMeanwhile(house: House): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await wrongNow(house.pool);
    } catch (error) {
      if (tries === 20) throw error;
      await sleep(250);
    }
  }
}

/** Every fault once, in an order of chance, while a crowd buys; then rest, and a look at the books. */
export async function runCycle({
  house,
  faults,
  buyers,
  seed,
  say,
}: {
  house: House;
  faults: readonly Fault[];
  buyers: number;
  seed: Seeded;
  say: (line: string) => void;
}): Promise<Cycle> {
  const order = seed.shuffled(faults);
  const sale = await openSale(house.world, order.length * slotsPerFault, seed);
  const recorder = createRecorder();
  const crowd = startCrowd({ size: buyers, house, sale, recorder, seed });
  const waiters = await startWaiters({ size: waiting, house, seed });
  const wrong: string[] = [];
  for (const [nth, { name, happen }] of order.entries()) {
    const first = nth * slotsPerFault;
    crowd.want(sale.slotIds.slice(first, first + slotsPerFault));
    recorder.during(name);
    await happen(house, seed).catch((error: unknown) => wrong.push(`${name}: ${error}`));
    wrong.push(...(await wrongMeanwhile(house)).map((what) => `after ${name}: ${what}`));
    await sleep(restMs);
    say(`${name}: ${recorder.operations.length} operations so far`);
  }
  await Promise.all([crowd.leave(), waiters.leave()]);
  say('everybody has gone; waiting until all is at rest');

  const books = await settle(house);
  const journals = await readJournals(house.pool, sale.slotIds);
  const { operations } = recorder;
  const history = { operations, journals };
  const keys = new Map(journals.flatMap(({ bookingOfKey }) => [...bookingOfKey]));
  const resolve = createResolver(books, keys);
  const lost = lostAnswers(operations, books);
  wrong.push(...books.wrong, ...checkHistory(history));
  wrong.push(...lost.map(({ op, bookingId }) => `${op} of ${bookingId} was answered, and is lost`));
  return {
    history,
    wrong,
    lines: order.map(({ name }) => {
      const meanwhile = operations.filter(({ during }) => during === name);
      return lineOf(name, meanwhile, resolve, lost);
    }),
  };
}
