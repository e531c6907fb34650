import { setTimeout as sleep } from 'node:timers/promises';
import { wrongNow } from '../invariants.ts';
import { bookingsWrong } from './at-rest.ts';
import { type Kept, readBookings, readCharges, readConfirmations, type Taken } from './books.ts';
import { fullQueues } from './broker.ts';
import type { House } from './house.ts';

/** Far longer than any retry, fence or reconciliation waits. */
const patienceMs = 120_000;
const pauseMs = 1_000;
/** RabbitMQ counts its queues every 5 s, for whoever asks its management. */
const brokerTellsMs = 5_500;

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
  const { rows: kept } = await pool.query('select id from slots where kept > 0');
  const wrong = [
    ...(await wrongNow(pool)),
    ...bookingsWrong(bookings, charges, await readConfirmations(mails)),
    ...(rows[0].facts > 0 ? [`${rows[0].facts} facts are in the outbox`] : []),
    ...kept.map(({ id }) => `places of slot ${id} are kept and offered to nobody`),
    ...(await fullQueues(world.rabbit?.url ?? '')),
  ];
  return { bookings, charges, wrong };
}

/** A database that is starting cannot be read, and that is no rest. */
const lookOrSayWhy = (house: House): Promise<Settled> =>
  look(house).catch((error: unknown) => ({
    bookings: [],
    charges: new Map(),
    wrong: [`the books cannot be read: ${error}`],
  }));

/** Waits until everything has come to rest, and answers with what never did. */
export async function settle(house: House): Promise<Settled> {
  for (const until = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    const looked = await lookOrSayWhy(house);
    if (Date.now() > until) return looked;
    if (looked.wrong.length > 0) continue;
    // What the broker tells is as old as that: only the second time is it what it is at rest.
    await sleep(brokerTellsMs);
    const again = await lookOrSayWhy(house);
    if (again.wrong.length === 0) return again;
  }
}
