import { verifyPass } from '@guichet/contracts/pass';
import { bookingPass, passKeys } from '@guichet/contracts/passes';
import type { Placed } from '@guichet/local-stack/e2e/guest';
import { type OpenSlot, openSlot } from '@guichet/local-stack/e2e/organiser';
import { runBuy } from '@guichet/local-stack/e2e/run-program';
import { expect } from 'vitest';
import type { World } from './world.ts';

/** A booking that was paid for, and the pass that its guest has. */
export type Kept = { readonly slot: OpenSlot; readonly placed: Placed; readonly passes: string[] };

const passesOf = async ({ api }: World, { id, manageToken }: Placed): Promise<string[]> =>
  (await api.call(bookingPass, { params: { id }, manageToken })).passes;

export async function sellsToMakeBuy(world: World): Promise<void> {
  const { code, output } = await runBuy(world);

  expect(output).toContain('All as promised.');
  expect(code).toBe(0);
}

export async function buys(world: World): Promise<Kept> {
  const { api, staff, guest } = world;
  const slot = await openSlot(api, staff, { capacity: 50 });
  const placed = await guest.place(await guest.quote(slot));
  const { clientSecret } = await guest.beginCard(placed);
  expect(await guest.confirm(clientSecret)).toEqual({ outcome: 'succeeded' });
  await guest.until(placed, 'CONFIRMED');
  return { slot, placed, passes: await passesOf(world, placed) };
}

/** The booking is there, and its pass is the same and verifies. */
export async function isKept(world: World, { slot, placed, passes }: Kept): Promise<void> {
  const booking = await world.guest.show(placed);
  expect(booking).toMatchObject({ status: 'CONFIRMED', reference: placed.reference });
  expect(await passesOf(world, placed)).toEqual(passes);

  const params = { id: booking.organiserId };
  const { keys } = await world.api.call(passKeys, { params });
  const [pass = ''] = passes;
  expect(await verifyPass(pass, { keys, slotId: slot.slotId })).toMatchObject({
    ok: true,
    pass: { paid: true },
  });
}
