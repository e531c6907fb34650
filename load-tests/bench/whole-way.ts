import { assertInvariants } from './assert-invariants.ts';
import { createDrain } from './drained.ts';
import type { Lab } from './lab.ts';
import type { Load } from './load.ts';
import type { Contender, Scenario } from './scenario.ts';
import { type Bought, createVisitors } from './visitor.ts';
import { wrk } from './wrk.ts';

/** Enough that what a process does by itself meanwhile is lost among them. */
const perSecondAsked = 80;
const atOnce = 16;
const plenty = 1_000_000;

type Mail = { to: string; template: string; text: string; attachments: { contentType: string }[] };

/** What everybody who bought must have been sent: their reference, and the pass as a picture. */
async function assertTold(inbox: string, bought: readonly Bought[]): Promise<void> {
  for (const { email, reference } of bought) {
    const answer = await fetch(new URL(`/messages?to=${encodeURIComponent(email)}`, inbox));
    const { items } = (await answer.json()) as { items: Mail[] };
    const told = items.some(
      ({ text, attachments }) =>
        text.includes(reference) &&
        attachments.some(({ contentType }) => contentType.startsWith('image/png')),
    );
    if (!told) throw new Error(`${email} was sent no pass for ${reference}.`);
  }
}

/** All of them, so many at a time; answers each. */
async function inTurn<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      done.push(await work());
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return done;
}

async function prepare(lab: Lab) {
  const { offeringId, slotIds, quotesFile } = await lab.hotSale(plenty);
  const [slotId = ''] = slotIds;
  const buy = createVisitors(lab.stack);
  const drain = createDrain(lab);

  const buyers = (sold: number): Contender => {
    let bought: Bought[] = [];
    let expected = { confirmed: 0, mails: 0 };
    return {
      name: `${sold} sold`,
      async before() {
        if (sold > 0) await lab.sell(sold);
        await fetch(new URL('/messages', lab.stack.inbox), { method: 'DELETE' });
        await drain.untilQuiet({ confirmed: sold, mails: await drain.mailsSent() });
      },
      async load(secondsAsked): Promise<Load> {
        const purchases = perSecondAsked * secondsAsked;
        const began = performance.now();
        // Each is confirmed, with the pass, and is sent a receipt.
        const mails = (await drain.mailsSent()) + purchases * 2;
        expected = { confirmed: sold + purchases, mails };
        bought = await inTurn(purchases, () => buy({ offeringId, slotId }));
        await drain.untilQuiet(expected);
        const seconds = (performance.now() - began) / 1_000;
        return { done: purchases, seconds, outcomes: { confirmed: purchases } };
      },
      async check() {
        await drain.untilCounted(expected);
        await assertTold(lab.stack.inbox, bought);
        await assertInvariants(lab.pool, sold + bought.length);
      },
    };
  };
  return {
    contenders: [
      buyers(0),
      buyers(20_000),
      {
        name: 'no-op',
        load: (seconds: number) => wrk({ url: lab.noopUrl, quotesFile, connections: 64, seconds }),
      },
    ],
    end: async () => {
      await drain.close();
    },
  };
}

/** Of the machine that the goals were set on: its no-op POST of Express took 24 µs of CPU. */
const goal = { noop: 'no-op', noopMicros: 24, reach: 25, aim: 12 };

/** From the quote to the pass in the mailbox, everything that a sold place costs. */
export const wholeWay: Scenario = {
  id: 'h',
  title:
    'The whole way, by new visitors: quote, hold, payment, pass, e-mail, and all is quiet again',
  prepare,
  ratios: [],
  costs: [
    { name: 'a place, sold and told', of: '0 sold', ...goal },
    { name: 'the same, 20,000 sold before', of: '20000 sold', ...goal },
  ],
};
