import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { offeringLive } from '@guichet/contracts/live';
import { signIn } from '@guichet/local-stack/demo/sign-in';
import { addSlot, type OpenSlot, openSlot, signInStaff } from '@guichet/local-stack/e2e/organiser';
import type { World } from '@guichet/local-stack/e2e/world';
import { wrk } from '../bench/wrk.ts';

/** How long one sale goes on before the next slot is opened; the first seconds sell it out. */
const saleSeconds = 15;
const places = 3_000;
const connections = 64;
const listeners = 50;

/** How many of the crowd were answered how, by status, and how many bought to the end. */
export type Tally = { answered: Record<string, number>; bought: number };

/** One slot, and everybody at once: what is sold is sold within seconds, the others hear so. */
async function sale({ stack, guest }: World, slot: OpenSlot, folder: string, tally: Tally) {
  const quotes = await Promise.all([1, 1, 2, 4].map((adult) => guest.quote(slot, { adult })));
  const quotesFile = join(folder, 'soak.quotes');
  writeFileSync(quotesFile, `${quotes.join('\n')}\n`);
  const at = `/api/availability?offeringId=${slot.offeringId}`;
  const { outcomes } = await wrk({
    url: new URL('/api/bookings', stack.stack.gateway),
    quotesFile,
    connections,
    seconds: saleSeconds,
    looks: { at, perBooking: 1 },
  });
  for (const [status, count] of Object.entries(outcomes)) {
    tally.answered[status] = (tally.answered[status] ?? 0) + count;
  }
}

/** Listens as a page does, and hears everything. */
async function listen({ stack }: World, { offeringId }: OpenSlot, signal: AbortSignal) {
  const path = offeringLive.path.replace('{id}', offeringId);
  try {
    const answer = await fetch(new URL(path, stack.stack.gateway), { signal });
    if (!answer.ok) throw new Error(`A listener was answered ${answer.status}.`);
    for await (const _ of answer.body ?? []);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Looks at a page, takes a place that costs nothing, and has it confirmed, its pass and its mail. */
async function buy({ guest, stack, api }: World, slot: OpenSlot, tally: Tally) {
  const page = await fetch(new URL(`/en/offerings/${slot.offeringId}`, stack.stack.gateway));
  await page.text();
  const placed = await guest.place(await guest.quote(slot, { student: 1 }));
  await guest.beginPayment(placed);
  await guest.until(placed, 'CONFIRMED');
  await signIn(api, stack.stack.accounts.customer, { firstName: 'Camille', lastName: 'Martin' });
  tally.bought += 1;
}

/** Sells one slot after the other until `until`, while some buy the whole way and some listen. */
export async function crowd(world: World, folder: string, until: number): Promise<Tally> {
  const tally: Tally = { answered: {}, bought: 0 };
  const { api, staff } = world;
  const quiet = await openSlot(api, staff, { capacity: 1_000_000 });
  const hot = await openSlot(api, staff, { capacity: 1 });
  const leaving = new AbortController();
  const listening = Array.from({ length: listeners }, () => listen(world, hot, leaving.signal));
  const selling = async () => {
    for (let nth = 1; Date.now() < until; nth += 1) {
      const startsInHours = 24 * 40 + nth;
      // Anew for each sale: a soak takes longer than an access token lives.
      const seller = await signInStaff(api, world.stack.stack.accounts.admin);
      const slot = await addSlot(api, seller, hot, { capacity: places, startsInHours });
      await sale(world, slot, folder, tally);
    }
  };
  const buying = async () => {
    while (Date.now() < until) await buy(world, quiet, tally);
  };
  const done = Promise.all([selling(), buying(), buying()]).finally(() => leaving.abort());
  await Promise.all([done, ...listening]);
  return tally;
}
