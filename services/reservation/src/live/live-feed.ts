import type { Writable } from 'node:stream';
import type { SlotAvailability } from '@guichet/contracts/slots';
import { changesBetween, type KnownSlots, slotsById } from './availability-changes.ts';
import { availabilityEvent, retryHint } from './event-stream.ts';

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
  const listeners = new Set<Writable>();
  let known: KnownSlots = new Map();
  let everything: Buffer | undefined;

  function send(listener: Writable, bytes: Buffer): void {
    if (listener.writableLength <= MOST_WAITING) {
      listener.write(bytes);
      return;
    }
    listeners.delete(listener);
    listener.destroy();
    onDrop();
  }

  const feed = {
    get isHeard() {
      return listeners.size > 0;
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
      if (items.length > 0) feed.tell(availabilityEvent({ items }));
    },
    tell(bytes: Buffer): void {
      for (const listener of listeners) send(listener, bytes);
    },
    add(listener: Writable): void {
      everything ??= availabilityEvent({ items: [...known.values()] });
      listener.write(retryHint());
      listener.write(everything);
      listeners.add(listener);
    },
    remove(listener: Writable): void {
      listeners.delete(listener);
    },
    end(): void {
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
  return feed;
}
export type LiveFeed = ReturnType<typeof createLiveFeed>;
