import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import type { Placed } from './guest.ts';
import { openSlot, remaining } from './organiser.ts';
import {
  askStandIn,
  chargesOf,
  clearFaults,
  intentsOf,
  loseNewsOfCreation,
} from './stripe-books.ts';
import type { World } from './world.ts';

const failpoints = fileURLToPath(import.meta.resolve('@guichet/testing/failpoints'));

const brokerOutageMs = 30_000;
/** What comes twice comes soon: redeliveries are tried within seconds. */
const secondThoughtsMs = 3_000;

type Paying = { placed: Placed; clientSecret: string };

const beginMany = async ({ api, guest, staff }: World, count: number) => {
  const slot = await openSlot(api, staff, { capacity: count });
  const quote = await guest.quote(slot);
  const paying = await Promise.all(
    Array.from({ length: count }, async (): Promise<Paying> => {
      const placed = await guest.place(quote);
      return { placed, clientSecret: (await guest.beginCard(placed)).clientSecret };
    }),
  );
  return { slot, paying };
};

const payAll = ({ guest }: World, paying: readonly Paying[]) =>
  Promise.all(paying.map(({ clientSecret }) => guest.confirm(clientSecret)));

/** Every one is confirmed, charged once, and told once by each mail. */
const expectAllSoldOnce = async (world: World, paying: readonly Paying[]): Promise<void> => {
  const { guest } = world;
  await Promise.all(paying.map(({ placed }) => guest.until(placed, 'CONFIRMED')));
  await Promise.all(paying.map(({ placed }) => guest.mails(placed.email, 2)));
  await sleep(secondThoughtsMs);

  for (const { placed } of paying) {
    expect(await chargesOf(world, placed.id)).toHaveLength(1);
    const mails = await guest.mails(placed.email, 2);
    expect(mails.map(({ template }) => template).sort()).toEqual(['booking_confirmed', 'receipt']);
  }
};

export const webhooksMayMisbehave = async (world: World): Promise<void> => {
  const { slot, paying } = await beginMany(world, 8);
  const [lost, told] = [paying.slice(0, 3), paying.slice(3)];
  // Of every kind: any event would make payment look at the intent.
  await askStandIn(world, '/faults', { fault: 'webhook_drop' });
  await payAll(world, lost);
  await clearFaults(world);
  await askStandIn(world, '/faults', { fault: 'webhook_reorder', ms: 1_000, times: 6 });
  await askStandIn(world, '/faults', { fault: 'webhook_duplicate', copies: 4 });
  await payAll(world, told);

  await expectAllSoldOnce(world, paying);
  await clearFaults(world);
  await askStandIn(world, '/webhooks/resend', { delivered: true, order: 'newest_first' });
  await expectAllSoldOnce(world, paying);
  expect(await remaining(world.api, slot)).toBe(0);
};

export const paymentDiesAfterTheProvider = async (world: World): Promise<void> => {
  const { api, guest, staff, stack } = world;
  const slot = await openSlot(api, staff, { capacity: 1 });
  const placed = await guest.place(await guest.quote(slot));
  // Else the event of its creation tells of the intent, and the key is not needed.
  await loseNewsOfCreation(world);
  await stack.restart('payment', {
    NODE_OPTIONS: `--import ${failpoints}`,
    GUICHET_FAILPOINT: 'payment.intent_created',
  });

  await expect(guest.beginCard(placed)).rejects.toThrow();
  expect(await stack.processes.get('payment')?.ended).toContain('SIGKILL');
  await stack.restart('payment');
  // With another key: the dead process holds its claim on the first one for a minute.
  const { clientSecret } = await eventually(() => guest.beginCard(placed));

  await guest.confirm(clientSecret);
  await guest.until(placed, 'CONFIRMED');
  expect(await intentsOf(world, placed.id)).toHaveLength(1);
  expect(await chargesOf(world, placed.id)).toHaveLength(1);
};

export const serversMayGoAway = async (world: World): Promise<void> => {
  const { slot, paying } = await beginMany(world, 6);

  const outage = async () => {
    await world.rabbit?.stop();
    await sleep(brokerOutageMs);
    await world.rabbit?.start();
  };
  const restart = async () => {
    await world.postgres.stop();
    await world.postgres.start();
  };
  await Promise.all([outage(), restart(), payAll(world, paying)]);

  await expectAllSoldOnce(world, paying);
  expect(await remaining(world.api, slot)).toBe(0);
};

export const catalogMayBeAway = async ({ api, guest, staff, stack }: World): Promise<void> => {
  const slot = await openSlot(api, staff, { capacity: 2 });
  const quote = await guest.quote(slot);
  await stack.processes.get('catalog')?.stop(20_000);

  try {
    await stack.restart('reservation');

    const placed = await guest.place(quote);
    await guest.confirm((await guest.beginCard(placed)).clientSecret);
    await guest.until(placed, 'CONFIRMED');
  } finally {
    await stack.restart('catalog');
  }
  // Whoever found it away leaves it alone for two seconds more; the next scenario needs it.
  await eventually(() => openSlot(api, staff, { capacity: 1 }));
  expect(await remaining(api, slot)).toBe(1);
};
