import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Kept,
  readBookings,
  readCharges,
  readConfirmations,
  readQueues,
  type Taken,
} from './books.ts';
import type { House } from './house.ts';
import { bookingsWrong, wrongNow } from './invariants.ts';

/** Far longer than any retry, fence or reconciliation waits. */
const patienceMs = 120_000;
const pauseMs = 1_000;

export type Books = { bookings: Kept[]; charges: Map<string, Taken> };

/** What is left to be done or is wrong; nothing when the house is at rest and right. */
async function look({ world, pool, mails }: House): Promise<Books & { wrong: string[] }> {
  const bookings = await readBookings(pool);
  const charges = await readCharges(world);
  const wrong = [
    ...(await wrongNow(pool)),
    ...bookingsWrong(bookings, charges, await readConfirmations(mails)),
  ];
  const { rows } = await pool.query('select count(*)::integer as facts from outbox');
  if (rows[0].facts > 0) wrong.push(`${rows[0].facts} facts are in the outbox`);
  for (const [queue, messages] of await readQueues(world.rabbit?.url ?? '')) {
    if (messages > 0) wrong.push(`${messages} messages are in ${queue}`);
  }
  return { bookings, charges, wrong };
}

/** Waits until everything has come to rest, and answers with what never did. */
export async function settle(house: House): Promise<Books & { wrong: string[] }> {
  for (const until = Date.now() + patienceMs; ; await sleep(pauseMs)) {
    const looked = await look(house).catch((error: unknown) => ({
      bookings: [],
      charges: new Map(),
      wrong: [`the books cannot be read: ${error}`],
    }));
    if (looked.wrong.length === 0 || Date.now() > until) return looked;
  }
}
