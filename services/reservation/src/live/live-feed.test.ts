import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { SlotAvailability } from '@guichet/contracts/slots';
import { expect, test } from 'vitest';
import { createLiveFeed } from './live-feed.ts';
import { slot } from './live-test.ts';

/** A feed of slots that the test changes, and how often a reader was let go. */
function feedOf(...slots: SlotAvailability[]) {
  const state = { slots, dropped: 0 };
  const feed = createLiveFeed({
    load: async () => state.slots,
    onDrop: () => {
      state.dropped += 1;
    },
  });
  return { feed, state };
}

const itemsIn = (text: string) =>
  [...text.matchAll(/^event: availability\ndata: (.*)\n\n/gm)].map(([, data = '']) =>
    JSON.parse(data).items.map(({ slotId, remaining }: SlotAvailability) => [slotId, remaining]),
  );
const read = (listener: PassThrough) => String(listener.read() ?? '');

test('tells a listener everything, and then what changes alone', async () => {
  const { feed, state } = feedOf(slot('a', 5), slot('b', 5));
  await feed.look();
  const listener = new PassThrough();
  feed.add(listener);
  expect(itemsIn(read(listener))).toEqual([
    [
      ['a', 5],
      ['b', 5],
    ],
  ]);

  await feed.look();
  expect(read(listener)).toBe('');
  state.slots = [slot('a', 5), slot('b', 4)];
  await feed.look();
  expect(itemsIn(read(listener))).toEqual([[['b', 4]]]);

  const later = new PassThrough();
  feed.add(later);
  expect(itemsIn(read(later))[0]).toEqual([
    ['a', 5],
    ['b', 4],
  ]);
});

test('a slot that has begun is not among everything any more', async () => {
  const { feed, state } = feedOf(slot('a', 5), slot('b', 5));
  await feed.look();
  state.slots = [slot('b', 5)];
  await feed.look();

  const listener = new PassThrough();
  feed.add(listener);
  expect(itemsIn(read(listener))).toEqual([[['b', 5]]]);
});

test('a reader that does not keep up is let go, and the others hear on', async () => {
  const many = Array.from({ length: 2_000 }, (_, at) => slot(`slot-${at}`, 0));
  const { feed, state } = feedOf(...many);
  await feed.look();
  const [slow, quick] = [new PassThrough(), new PassThrough()];
  feed.add(slow);
  feed.add(quick);
  quick.resume();

  for (let remaining = 1; remaining < 20; remaining += 1) {
    state.slots = many.map(({ slotId }) => slot(slotId, remaining));
    await feed.look();
    await setImmediate();
    // What is kept for it never grows beyond the longest event and what may wait.
    expect(slow.writableLength + slow.readableLength).toBeLessThan(2 * 1_048_576);
  }

  expect([slow.destroyed, quick.destroyed]).toEqual([true, false]);
  expect(state.dropped).toBe(1);
  expect(feed.isHeard).toBe(true);
});

test('all its listeners hear the end', async () => {
  const { feed } = feedOf(slot('a', 5));
  await feed.look();
  const listener = new PassThrough();
  feed.add(listener);

  feed.end();

  expect(listener.writableEnded).toBe(true);
  expect(feed.isHeard).toBe(false);
});
