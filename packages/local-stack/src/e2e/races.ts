import { randomUUID } from 'node:crypto';
import { ProblemAnswer } from '@guichet/contracts/client';
import { expect } from 'vitest';
import { openSlot, remaining } from './organiser.ts';
import { chargesOf } from './stripe-books.ts';
import type { World } from './world.ts';

export const lastPlaceGoesToOne = async ({ api, guest, staff }: World): Promise<void> => {
  const slot = await openSlot(api, staff, { capacity: 1 });
  const quote = await guest.quote(slot);

  const buyers = await Promise.allSettled(Array.from({ length: 20 }, () => guest.place(quote)));

  const refused = buyers.flatMap((buyer) => (buyer.status === 'rejected' ? [buyer.reason] : []));
  expect(buyers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(refused.map((reason) => reason instanceof ProblemAnswer && reason.code)).toEqual(
    Array(19).fill('sold_out'),
  );
  expect(await remaining(api, slot)).toBe(0);
};

export const oneEffectForOneKey = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 10 });
  const quote = await guest.quote(slot);
  const [bookingKey, paymentKey] = [randomUUID(), randomUUID()];
  const eight = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 8 }, work));

  const placed = await eight(() => guest.place(quote, { key: bookingKey }));
  expect(new Set(placed.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(await remaining(api, slot)).toBe(9);

  const [booking] = placed;
  if (!booking) throw new Error('Nothing was placed.');
  const payments = await eight(() => guest.beginCard(booking, paymentKey));
  expect(new Set(payments.map(({ clientSecret }) => clientSecret)).size).toBe(1);
  await guest.confirm(payments[0]?.clientSecret ?? '');
  await guest.until(booking, 'CONFIRMED');
  expect(await chargesOf(world, booking.id)).toHaveLength(1);
};
