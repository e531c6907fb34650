import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { openSlot, remaining } from './organiser.ts';
import { askStandIn, chargesOf, intentsOf, loseNewsOfCreation } from './stripe-books.ts';
import type { World } from './world.ts';

/** Holds that lapse while a test waits; what a buyer is granted on paying lapses as soon. */
export const shortHolds = { HOLD_MS: '3000', PAYMENT_GRANT_MS: '3000', HOLD_GRACE_MS: '0' };

/** A hold whose payment has begun: what ends it passes the fence, which cancels the attempt. */
const beginOn = async ({ guest }: World, quote: string) => {
  const placed = await guest.place(quote);
  const { clientSecret } = await guest.beginCard(placed);
  return { placed, clientSecret };
};

export const expiryCancelsTheAttempt = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const { placed, clientSecret } = await beginOn(world, await guest.quote(slot));

  await guest.until(placed, 'EXPIRED');

  await expect(guest.confirm(clientSecret)).rejects.toThrow('canceled');
  expect(await intentsOf(world, placed.id)).toMatchObject([{ status: 'canceled' }]);
  expect(await chargesOf(world, placed.id)).toEqual([]);
  expect(await remaining(api, slot)).toBe(1);
};

export const processingMoneyKeepsThePlaces = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const quote = await guest.quote(slot);
  const { placed, clientSecret } = await beginOn(world, quote);
  const operation = 'payment_intents.confirm';
  await askStandIn(world, '/faults', { fault: 'settle_later', ms: 10_000, operation, times: 1 });
  expect(await guest.confirm(clientSecret)).toEqual({ outcome: 'processing' });

  await sleep(6_500);
  expect((await guest.show(placed)).status).toBe('PENDING');
  await expect(guest.place(quote)).rejects.toMatchObject({ code: 'sold_out' });

  await guest.until(placed, 'CONFIRMED');
  expect(await chargesOf(world, placed.id)).toHaveLength(1);
};

export const anIntentStillInCreationTakesNothing = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const placed = await guest.place(await guest.quote(slot));
  // Else the event of its creation tells of it, before the fence has to find it by its key.
  await loseNewsOfCreation(world);
  const operation = 'payment_intents.create';
  await askStandIn(world, '/faults', {
    fault: 'execute_then_wait',
    ms: 6_000,
    operation,
    times: 1,
  });

  const beginning = await guest.beginCard(placed).catch((error: unknown) => error);
  await guest.until(placed, 'EXPIRED');

  expect(beginning).toMatchObject({ status: expect.any(Number) });
  expect(await intentsOf(world, placed.id)).toMatchObject([{ status: 'canceled' }]);
  expect(await chargesOf(world, placed.id)).toEqual([]);
  expect(await remaining(api, slot)).toBe(1);
};

export const lateMoneyTakesFreePlacesAgain = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const { placed } = await beginOn(world, await guest.quote(slot));
  await guest.until(placed, 'EXPIRED');
  const [intent] = await intentsOf(world, placed.id);

  await askStandIn(world, `/payment_intents/${intent?.id}/pay_anyway`, {});

  await guest.until(placed, 'CONFIRMED');
  expect(await remaining(api, slot)).toBe(0);
  const mails = await guest.mails(placed.email, 2);
  expect(mails.map(({ template }) => template)).toContain('booking_confirmed');
};

export const lateMoneyGoesBackWhenPlacesAreGone = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const quote = await guest.quote(slot);
  const { placed: late } = await beginOn(world, quote);
  await guest.until(late, 'EXPIRED');
  const quick = await guest.place(quote);
  await guest.confirm((await guest.beginCard(quick)).clientSecret);
  await guest.until(quick, 'CONFIRMED');
  const [intent] = await intentsOf(world, late.id);

  await askStandIn(world, `/payment_intents/${intent?.id}/pay_anyway`, {});

  const mails = await guest.mails(late.email, 1);
  expect(mails[0]?.template).toBe('late_payment');
  expect(await guest.show(late)).toMatchObject({ status: 'EXPIRED' });
  await guest.untilRefunded(late);
  expect(await chargesOf(world, late.id)).toMatchObject([{ amount_refunded: 2_100 }]);
  expect(await guest.show(quick)).toMatchObject({ status: 'CONFIRMED' });
};

export const moneyForACancelledBookingGoesBack = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const { placed } = await beginOn(world, await guest.quote(slot));
  expect(await guest.cancel(placed)).toMatchObject({ status: 'CANCELLED' });
  const [intent] = await intentsOf(world, placed.id);

  await askStandIn(world, `/payment_intents/${intent?.id}/pay_anyway`, {});

  await guest.untilRefunded(placed);
  const mails = await guest.mails(placed.email, 3);
  expect(mails.map(({ template }) => template).sort()).toEqual([
    'booking_cancelled',
    'late_payment_cancelled',
    'refund',
  ]);
  expect(await guest.show(placed)).toMatchObject({ status: 'CANCELLED' });
  expect(await remaining(api, slot)).toBe(1);
};
