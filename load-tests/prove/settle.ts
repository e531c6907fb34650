import { setTimeout as sleep } from 'node:timers/promises';
import { type Kept, readBookings, readCharges, readConfirmations, type Taken } from './books.ts';
import { fullQueues, lostOnTheWay } from './broker.ts';
import type { House } from './house.ts';
import { bookingsWrong, wrongNow } from './invariants.ts';

/** Far longer than any retry, fence or reconciliation waits. */
const patienceMs = 120_000;
const pauseMs = 1_000;

export type Books = {
  readonly bookings: readonly Kept[];
  readonly charges: ReadonlyMap<string, Taken>;
};
type Settled = Books & { readonly wrong: readonly string[] };

/** What is left to be done or is wrong; nothing when the house is at rest and right. */
async function look({ world, pool, mails }: House): Promise<Settled> {
  const bookings = await readBookings(pool);
  const charges = await readCharges(world);
  const { rows } = await pool.query('select count(*)::integer as facts from outbox');
  const wrong = [
    ...(await wrongNow(pool)),
    ...bookingsWrong(bookings, charges, await readConfirmations(mails)),
    ...(rows[0].facts > 0 ? [`${rows[0].facts} facts are in the outbox`] : []),
    ...(await fullQueues(world.rabbit?.url ?? '')),
  ];
  return { bookings, charges, wrong };
}

/** Waits until everything has come to rest, and answers with what never did. */
export async function settle(house: House): Promise<Settled> {
  for (const until = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    const looked = await look(house).catch(
      (error: unknown): Settled => ({
        bookings: [],
        charges: new Map(),
        wrong: [`the books cannot be read: ${error}`],
      }),
    );
    if (looked.wrong.length === 0) {
      return { ...looked, wrong: await lostOnTheWay(house.world.rabbit?.url ?? '') };
    }
    if (Date.now() > until) return looked;
  }
}
