import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@guichet/contracts/client';
import { withdrawOffering } from '@guichet/contracts/offerings';
import { createGuest, type Guest } from '@guichet/local-stack/e2e/guest';
import { openSlot, signInStaff } from '@guichet/local-stack/e2e/organiser';
import { trusting } from '@guichet/local-stack/stack/trusting';
import type { WatchedStack } from '../watchers/read-stack.ts';

/** What each of them does: takes places, or pays for them too. */
export type TrickleOf = { readonly of: 'bookings' | 'purchases'; readonly everyMs: number };

/** As many as an hour of the quickest of them needs; then nobody comes any more. */
const most = 15_000;
/** Those that wait for something that does not answer; more would only add to it. */
const mostAtOnce = 30;

export type Trickle = {
  /** What came of them so far. */
  told(): string;
  stop(): Promise<void>;
};

async function oneOf(of: TrickleOf['of'], guest: Guest, quote: string): Promise<void> {
  const placed = await guest.place(quote);
  if (of === 'bookings') return;
  const { clientSecret } = await guest.beginCard(placed);
  await guest.confirm(clientSecret);
}

/** Buyers that come one after the other by the public API, to an offering of their own. */
export async function startTrickle(
  stack: WatchedStack,
  { of, everyMs }: TrickleOf,
): Promise<Trickle> {
  const api = createClient({ baseUrl: stack.gateway, fetch: trusting(stack.certificate) });
  const staff = await signInStaff(api, stack.accounts.admin);
  const slot = await openSlot(api, staff, { capacity: most });
  const { certificate, ...known } = stack;
  const guest = createGuest(api, known);
  const came = { served: 0, refused: 0 };
  let isOver = false;
  const waiting = new Set<Promise<void>>();

  const come = (quote: string) => {
    const one = oneOf(of, guest, quote)
      .then(
        () => {
          came.served += 1;
        },
        () => {
          came.refused += 1;
        },
      )
      .finally(() => waiting.delete(one));
    waiting.add(one);
  };
  const coming = (async () => {
    let quote = await guest.quote(slot);
    for (let nth = 1; nth <= most && !isOver; nth += 1) {
      // A quote expires; the price that it gave is not what is tried out.
      if (nth % 100 === 0) quote = await guest.quote(slot).catch(() => quote);
      if (waiting.size < mostAtOnce) come(quote);
      await sleep(everyMs);
    }
  })();

  return {
    told: () => `${came.served} buyers were served and ${came.refused} were not`,
    async stop() {
      isOver = true;
      await coming.catch(() => {});
      await Promise.race([Promise.allSettled(waiting), sleep(15_000, undefined, { ref: false })]);
      // A token is good for minutes, and an alert may take longer.
      const again = await signInStaff(api, stack.accounts.admin);
      await api.call(withdrawOffering, { ...again, params: { id: slot.offeringId } });
    },
  };
}
