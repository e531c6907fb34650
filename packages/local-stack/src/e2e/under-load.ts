import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { eventually } from './eventually.ts';
import { openSlot, remaining } from './organiser.ts';
import type { World } from './world.ts';

const buyers = 16;
const capacity = 100_000;
const loadMs = 8_000;
const disturbedAfterMs = 2_000;

type Outcome = { key: string; bookingId: string | undefined };

/**
 * Places bookings as fast as they are answered while something is disturbed. What was not answered
 * is asked again with its key: it must give that one booking, whether it was placed then or now.
 */
const disturbUnderLoad = async (world: World, disturb: () => Promise<void>): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity });
  const quote = await guest.quote(slot);
  const until = performance.now() + loadMs;
  const outcomes: Outcome[] = [];

  const buyer = async () => {
    while (performance.now() < until) {
      const key = randomUUID();
      const placed = await guest.place(quote, { key }).catch(() => undefined);
      outcomes.push({ key, bookingId: placed?.id });
      // A refusal while nobody listens comes at once: no need to ask ten thousand times.
      if (!placed) await sleep(50);
    }
  };
  const disturbing = sleep(disturbedAfterMs).then(disturb);
  await Promise.all([disturbing, ...Array.from({ length: buyers }, buyer)]);

  const answered = outcomes.flatMap(({ bookingId }) => bookingId ?? []);
  expect(answered.length).toBeGreaterThan(buyers);
  const unanswered = outcomes.filter(({ bookingId }) => bookingId === undefined);
  const asked = await Promise.all(
    unanswered.map(({ key }) => eventually(() => guest.place(quote, { key }))),
  );
  expect(new Set([...answered, ...asked.map(({ id }) => id)]).size).toBe(outcomes.length);
  expect(capacity - (await remaining(api, slot))).toBe(outcomes.length);
};

/** SIGTERM, and a new process when the old one has ended in order. */
const replace = async ({ stack }: World, service: string): Promise<void> => {
  const ended = stack.processes.get(service)?.ended;
  await stack.restart(service);
  expect(await ended).toMatch(/exit (code )?0\b/);
};

export const whileReservationIsReplaced = (world: World): Promise<void> =>
  disturbUnderLoad(world, () => replace(world, 'reservation'));

export const whileTheGatewayIsReplaced = (world: World): Promise<void> =>
  disturbUnderLoad(world, () => replace(world, 'gateway'));

export const whilePostgresRestarts = (world: World): Promise<void> =>
  disturbUnderLoad(world, async () => {
    await world.postgres.stop();
    await world.postgres.start();
  });
