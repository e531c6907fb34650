import { setTimeout as sleep } from 'node:timers/promises';
import { extendBooking } from '@guichet/contracts/booking-changes';
import { ProblemAnswer } from '@guichet/contracts/client';
import { CannotBuy } from '@guichet/local-stack/buy/read-stack';
import type { Placed } from '@guichet/local-stack/e2e/guest';
import { type OpenSlot, remaining } from '@guichet/local-stack/e2e/organiser';
import type { World } from '@guichet/local-stack/e2e/world';

/** Longer than a refusal may be said from memory (sold-out-latch.ts). */
const forgottenMs = 150;
const card = { good: '4242424242424242', bad: '4000000000000002' };

/** `ok`, or the code of the refusal; what is neither is thrown. */
const said = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof ProblemAnswer && error.status < 500) return error.code;
      if (error instanceof CannotBuy) return 'card_refused';
      throw error;
    },
  );

/** The same actions at the real house, by its public API, one after the other. */
export function createReal({ api, guest }: World, slot: OpenSlot) {
  const placed: Placed[] = [];
  const secrets = new Map<number, string>();
  const at = (nth: number) => placed[nth] as Placed;

  async function place(places: number): Promise<string> {
    const quote = await guest.quote(slot, { adult: places });
    return said(guest.place(quote).then((booking) => placed.push(booking)));
  }

  return {
    async place(places: number, mayBe: string): Promise<string> {
      const first = await place(places);
      if (first !== 'sold_out' || mayBe !== 'ok') return first;
      await sleep(forgottenMs);
      return place(places);
    },
    extend: (nth: number) =>
      said(
        api.call(extendBooking, { params: { id: at(nth).id }, manageToken: at(nth).manageToken }),
      ),
    begin: (nth: number) =>
      said(guest.beginCard(at(nth)).then(({ clientSecret }) => secrets.set(nth, clientSecret))),
    async pay(nth: number, isGood: boolean): Promise<string> {
      const confirmed = guest.confirm(secrets.get(nth) ?? '', isGood ? card.good : card.bad);
      const answer = await said(confirmed);
      if (answer !== 'ok' || (await confirmed).outcome === 'declined') {
        return answer === 'ok' ? 'declined' : answer;
      }
      await guest.until(at(nth), 'CONFIRMED');
      return 'ok';
    },
    cancel: (nth: number) => said(guest.cancel(at(nth))),
    status: async (nth: number) => (await guest.show(at(nth))).status,
    remaining: () => remaining(api, slot),
    /** Nothing is left behind that would be held for minutes. */
    async leave(): Promise<void> {
      await Promise.all(placed.map((booking) => said(guest.cancel(booking))));
    },
  };
}
export type Real = ReturnType<typeof createReal>;
