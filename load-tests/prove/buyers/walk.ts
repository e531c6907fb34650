import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../../seeded.ts';
import type { Buyer, Held } from './buyer.ts';
import type { Party, Sale } from './sale.ts';

const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  threeDSecure: '4000002500003155',
};

const partyOf = (seed: Seeded): Party => ({
  fare: seed.chance(85) ? 'adult' : 'student',
  places: seed.between(1, 4),
});

/** How often somebody who has paid looks whether the booking is confirmed, before going away. */
const mostLooks = 12;

async function untilConfirmed(buyer: Buyer, held: Held): Promise<boolean> {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const seen = await buyer.show(held);
    if (seen.outcome === 'ok' && seen.answer.status !== 'PENDING') {
      return seen.answer.status === 'CONFIRMED';
    }
    await sleep(700);
  }
  return false;
}

/** By a card that is good, is declined, or is asked about by its bank; says whether it was taken. */
async function payByCard(
  buyer: Buyer,
  seed: Seeded,
  held: Held,
  clientSecret: string,
): Promise<boolean> {
  const { good, declined, threeDSecure } = cards;
  const card = seed.oneOf([good, good, good, good, declined, threeDSecure]);
  const paid = await buyer.pay(held, { clientSecret, card });
  if (card !== declined) return paid.outcome === 'ok';
  if (seed.chance(50)) return false;
  return (await buyer.pay(held, { clientSecret, card: good })).outcome === 'ok';
}

async function pay(buyer: Buyer, seed: Seeded, held: Held): Promise<void> {
  const begun = await buyer.begin(held);
  if (begun.outcome !== 'ok') return;
  if (begun.answer.provider === 'stripe') {
    // Cancelled, or left to lapse, while its payment has begun: what the fence is for.
    if (seed.chance(15)) return void (await buyer.cancel(held));
    if (seed.chance(8)) return;
    if (!(await payByCard(buyer, seed, held, begun.answer.clientSecret))) return;
  }
  if ((await untilConfirmed(buyer, held)) && seed.chance(70)) await buyer.cancel(held);
}

/** One visit: a look, a hold, and what becomes of it. */
export async function visit(buyer: Buyer, seed: Seeded, sale: Sale, slotId: string): Promise<void> {
  if (seed.chance(30)) await buyer.look(sale, slotId);
  const held = await buyer.hold(sale, slotId, partyOf(seed));
  if (!held) return;
  if (seed.chance(15)) await buyer.look(sale, slotId);
  await sleep(seed.between(0, 800));
  if (seed.chance(15)) await buyer.extend(held);

  const fate = seed.between(1, 100);
  if (fate <= 25) return;
  if (fate <= 50) await buyer.cancel(held);
  else await pay(buyer, seed, held);
}
