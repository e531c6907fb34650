import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@guichet/contracts/ids';
import type { SlotAvailability } from '@guichet/contracts/slots';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLiveFeeds } from './live-feeds.ts';
import { slot } from './live-test.ts';

/** Feeds of offerings that have these slots at the moment. */
function feedsOf(slots: () => SlotAvailability[], mostSlots?: number) {
  const feeds = createLiveFeeds({
    listAvailability: async () => ({
      organiserId: newId(),
      timeZone: 'Europe/Paris',
      items: slots(),
    }),
    mostListeners: 100,
    ...(mostSlots && { mostSlots }),
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
  });
  feeds.start();
  onTestFinished(() => feeds.stop());
  return feeds;
}

/** Keeps the very bytes that it is told. */
function listener() {
  const told: Buffer[] = [];
  const writable = new Writable({
    write(chunk: Buffer, _, done) {
      told.push(chunk);
      done();
    },
  });
  onTestFinished(() => void writable.destroy());
  return { writable, events: () => told.filter((bytes) => bytes.includes('event: availability')) };
}
const remainingIn = (event: Buffer | undefined) =>
  JSON.parse(/data: (.*)/.exec(String(event))?.[1] ?? '{}').items[0].remaining;

test('in a rush there are four events a second at most, and the last one says how it ended', async () => {
  let remaining = 1_000_000;
  const feeds = feedsOf(() => [slot('a', remaining)]);
  const { writable, events } = listener();
  await feeds.listen('offering', () => writable);

  const began = performance.now();
  while (events().length < 4) {
    remaining -= 1;
    await sleep(1);
  }
  const seconds = (performance.now() - began) / 1_000;

  expect(events().length).toBeLessThanOrEqual(Math.ceil(4 * seconds) + 1);
  await vi.waitFor(() => expect(remainingIn(events().at(-1))).toBe(remaining), { timeout: 20_000 });
});

test('all who listen to an offering are told the same bytes, not copies of them', async () => {
  let remaining = 5;
  const feeds = feedsOf(() => [slot('a', remaining)]);
  const listeners = Array.from({ length: 20 }, listener);
  await Promise.all(listeners.map(({ writable }) => feeds.listen('offering', () => writable)));

  remaining = 4;
  await vi.waitFor(() => expect(listeners[0]?.events()).toHaveLength(2), { timeout: 20_000 });

  const [first, ...others] = listeners.map(({ events }) => events());
  for (const told of others) {
    expect(told[0]).toBe(first?.[0]);
    expect(told[1]).toBe(first?.[1]);
  }
});

test('timetables are remembered up to a number of slots, and who listens to one more is refused', async () => {
  const timetable = Array.from({ length: 10 }, (_, nth) => slot(`slot-${nth}`, 5));
  const feeds = feedsOf(() => timetable, 25);
  const [one, two, three, four] = [listener(), listener(), listener(), listener()];
  await feeds.listen('one', () => one.writable);
  await feeds.listen('two', () => two.writable);

  await expect(feeds.listen('three', () => three.writable)).rejects.toMatchObject({
    code: 'too_many_listeners',
  });
  // What is remembered already takes no more.
  await feeds.listen('two', () => four.writable);
  expect(four.events()).toHaveLength(1);

  one.writable.destroy();
  await vi.waitFor(() => feeds.listen('three', () => three.writable), { timeout: 20_000 });
  expect(three.events()).toHaveLength(1);
});
