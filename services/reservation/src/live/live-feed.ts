import type { Writable } from 'node:stream';
import type { SlotAvailability } from '@guichet/contracts/slots';
import { retryHint } from '@guichet/http/event-stream';
import { createListeners } from '@guichet/http/listeners';
import { changesBetween, type KnownSlots, slotsById } from './availability-changes.ts';
import { availabilityEvent } from './availability-event.ts';

/**
 * Bytes that may wait for a reader. The longest first event, of 4,000 slots, has 700 kB; one buffer
 * waits for all, so what a slow reader costs is its place in the queue.
 */
const MOST_WAITING = 1_048_576;

/**
 * What listeners of one offering are told: first all of it, then what changes. Each event is put
 * into bytes once, for all of them. `onDrop` hears of a reader that is let go because it does not
 * keep up; it connects again, and begins with all of it.
 */
export function createLiveFeed({
  load,
  onDrop,
}: {
  load: () => Promise<readonly SlotAvailability[]>;
  onDrop: () => void;
}) {
  const listeners = createListeners({ mostWaitingBytes: MOST_WAITING, onDrop });
  let known: KnownSlots = new Map();
  let everything: Buffer | undefined;

  const feed = {
    get isHeard() {
      return listeners.isHeard;
    },
    /** How many slots it remembers. */
    get slots() {
      return known.size;
    },
    /** Looks once, and tells everybody what has changed since the look before. */
    async look(): Promise<void> {
      const now = slotsById(await load());
      const items = changesBetween(known, now);
      if (items.length === 0 && now.size === known.size) return;
      known = now;
      everything = undefined;
      if (items.length > 0) listeners.tell(availabilityEvent({ items }));
    },
    tell: listeners.tell,
    add(listener: Writable): void {
      everything ??= availabilityEvent({ items: [...known.values()] });
      listener.write(retryHint());
      listener.write(everything);
      listeners.add(listener);
    },
    remove: listeners.remove,
    end: listeners.end,
  };
  return feed;
}
export type LiveFeed = ReturnType<typeof createLiveFeed>;
