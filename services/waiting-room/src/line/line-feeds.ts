import { finished, type Writable } from 'node:stream';
import type { LineView } from '@guichet/contracts/lines';
import { heartbeatMs } from '@guichet/contracts/live';
import { Refusal } from '@guichet/contracts/refusal';
import { eventOf, heartbeat, retryHint } from '@guichet/http/event-stream';
import { createListeners } from '@guichet/http/listeners';
import type { Metrics } from '@guichet/telemetry/metrics';
import { roomNotFound } from '../rooms/room.ts';
import type { Book } from './book.ts';

export type LineRefusal = 'room_not_found' | 'too_many_listeners';

/** Bytes that may wait for a reader: an event has 300, so that is a minute of them and more. */
const mostWaitingBytes = 32_768;

const tooMany = () =>
  new Refusal<LineRefusal>(
    'too_many_listeners',
    'So many are listening that nobody else can at the moment. Ask for the line now and then instead.',
    { headers: { 'retry-after': '15' } },
  );

/** What tells one state of a line from another: not how late it is. */
const stateOf = ({ now: _, ...state }: LineView) => JSON.stringify(state);

type Feed = { listeners: ReturnType<typeof createListeners>; told: string; seats: number };

/**
 * Everybody who listens to lines, in one process: each room's is told once every `everyMs` where it
 * has moved, in bytes that are put together once for all of them, from what the book has in memory.
 */
export function createLineFeeds({
  book,
  mostListeners,
  metrics,
  everyMs = 1_000,
  beatMs = heartbeatMs,
}: {
  book: Book;
  mostListeners: number;
  metrics: Metrics;
  everyMs?: number;
  beatMs?: number;
}) {
  const feeds = new Map<string, Feed>();
  let seats = 0;
  let timers: NodeJS.Timeout[] = [];
  metrics.gauge({
    name: 'guichet_waiting_room_listeners',
    help: 'How many listen to lines',
    collect() {
      this.set(seats);
    },
  });
  const dropped = metrics.counter({
    name: 'guichet_waiting_room_listeners_dropped_total',
    help: 'Listeners let go because they did not keep up',
  });

  async function tell(roomId: string, feed: Feed): Promise<void> {
    const found = await book.find(roomId);
    if (!found) return;
    const view = book.viewOf(found);
    const state = stateOf(view);
    if (state === feed.told) return;
    feed.told = state;
    feed.listeners.tell(eventOf('line', view));
  }

  function feedOf(roomId: string, told: string): Feed {
    const known = feeds.get(roomId);
    if (known) return known;
    const listeners = createListeners({ mostWaitingBytes, onDrop: () => dropped.inc() });
    const feed = { listeners, told, seats: 0 };
    feeds.set(roomId, feed);
    return feed;
  }

  return {
    /** Lets somebody listen to a line; `open` answers where they are told, if they listen on. */
    async listen(roomId: string, open: () => Writable | undefined): Promise<void> {
      const found = await book.find(roomId);
      if (!found) throw roomNotFound();
      if (seats >= mostListeners) throw tooMany();
      const listener = open();
      if (!listener) return;
      const view = book.viewOf(found);
      const feed = feedOf(roomId, stateOf(view));
      seats += 1;
      feed.seats += 1;
      finished(listener, () => {
        seats -= 1;
        feed.seats -= 1;
        feed.listeners.remove(listener);
        if (feed.seats === 0) feeds.delete(roomId);
      });
      listener.write(retryHint());
      listener.write(eventOf('line', view));
      feed.listeners.add(listener);
    },
    start(): void {
      timers = [
        setInterval(() => {
          // One that is not known any more, and cannot be read now, is told of at the next.
          for (const [roomId, feed] of feeds) tell(roomId, feed).catch(() => {});
        }, everyMs),
        setInterval(() => {
          for (const { listeners } of feeds.values()) listeners.tell(heartbeat);
        }, beatMs),
      ];
    },
    endAll(): void {
      for (const { listeners } of feeds.values()) listeners.end();
    },
    stop(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
export type LineFeeds = ReturnType<typeof createLineFeeds>;
