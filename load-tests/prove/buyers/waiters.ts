import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelBooking } from '@guichet/contracts/booking-changes';
import { placeBooking } from '@guichet/contracts/bookings';
import type { Client } from '@guichet/contracts/client';
import { quoteOffering } from '@guichet/contracts/quotes';
import { joinWaitingList, leaveWaitingList } from '@guichet/contracts/waiting-list';
import { type OpenSlot, openSlot } from '@guichet/local-stack/e2e/organiser';
import { z } from 'zod';
import type { Seeded } from '../../seeded.ts';
import type { House } from '../house.ts';

/** So few that it is sold out at once, and so many that two entries may be served together. */
const capacity = 3;
const patienceMs = 5_000;
/** Longer than the e-mail of an offer is under way, where one is made. */
const untilOfferedMs = 8_000;

const mailsSchema = z.object({
  items: z.array(z.object({ template: z.string().nullable(), html: z.string() })),
});

export type Waiters = { leave(): Promise<void> };

/**
 * People who want one slot that is sold out, wait for it, and give back or let lapse what they are
 * offered: so there is always something to offer. What they do is in no history, since places that
 * are kept are nobody’s to see; that they are counted right is asked of the books, all the while.
 */
export async function startWaiters({
  size,
  house: { doors, world },
  seed,
}: {
  size: number;
  house: Pick<House, 'doors' | 'world'>;
  seed: Seeded;
}): Promise<Waiters> {
  const slot: OpenSlot = await openSlot(world.api, world.staff, { capacity });
  let isOver = false;

  /** What was answered, if it was: whoever waits comes again. */
  const attempt = <T>(work: () => Promise<T>): Promise<T | undefined> =>
    work().catch(() => undefined);

  /** The offered booking and its token, as the e-mail has them. */
  async function offerOf(email: string): Promise<{ id: string; manageToken: string } | undefined> {
    for (const until = Date.now() + untilOfferedMs; Date.now() < until; await sleep(500)) {
      const at = new URL(`/messages?to=${encodeURIComponent(email)}`, world.stack.stack.inbox);
      const mails = await attempt(async () => mailsSchema.parse(await (await fetch(at)).json()));
      const offer = mails?.items.find(({ template }) => template === 'places_offered');
      const [, id, manageToken] =
        /\/bookings\/([0-9a-f-]{36})#([\w-]+)"/.exec(offer?.html ?? '') ?? [];
      if (id && manageToken) return { id, manageToken };
    }
    return undefined;
  }

  async function wait(own: Seeded): Promise<void> {
    const door = () => own.oneOf([...doors]) as Client;
    const signal = () => AbortSignal.timeout(patienceMs);
    const idempotencyKey = randomUUID();
    const email = `waits.${idempotencyKey}@example.com`;
    const contact = { email, firstName: 'Ada', lastName: 'Lovelace', language: 'en' } as const;
    const party = { adult: own.between(1, 2) };
    // Whoever finds places takes them, so that nobody finds any; the hold lapses soon.
    const priced = await attempt(() =>
      world.api.call(quoteOffering, {
        params: { id: slot.offeringId },
        body: { slotId: slot.slotId, party },
      }),
    );
    if (priced) {
      const body = { quote: priced.quote, contact };
      await attempt(() => door().call(placeBooking, { idempotencyKey, body, signal: signal() }));
    }

    const params = { id: slot.slotId };
    const body = { party, options: [], contact };
    const entry = { params, idempotencyKey, body };
    const join = () => door().call(joinWaitingList, { ...entry, signal: signal() });
    // Asked again with its key, it is the same entry.
    const joined = (await attempt(join)) ?? (await attempt(join));
    const offer = await offerOf(email);
    // Nobody waits for ever, or the list would be served long after everybody has gone.
    const ended = offer ?? joined;
    if (!ended || (offer && own.chance(60))) return;
    const { id, manageToken } = ended;
    const asked = { params: { id }, manageToken, signal: signal() };
    await attempt(() =>
      offer ? door().call(cancelBooking, asked) : door().call(leaveWaitingList, asked),
    );
  }

  async function come(): Promise<void> {
    const own = seed.branch();
    while (!isOver) {
      await sleep(own.between(100, 1_000));
      if (!isOver) await wait(own);
    }
  }
  const coming = Array.from({ length: size }, come);
  return {
    async leave() {
      isOver = true;
      await Promise.all(coming);
    },
  };
}
