import { finished, type Writable } from 'node:stream';
import { heartbeatMs } from '@guichet/contracts/live';
import { Refusal } from '@guichet/contracts/refusal';
import { heartbeat } from '@guichet/http/event-stream';
import { createLoop } from '@guichet/loop/loop';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { ListAvailability } from '../slots/list-availability.ts';
import { createLiveFeed, type LiveFeed } from './live-feed.ts';

export type LiveRefusal = 'too_many_listeners';

/** How old what a listener sees may be: a page that shows the rush needs no more. */
const LOOK_MS = 1_000;

/**
 * Slots that are remembered, of all offerings that somebody listens to: some 300 bytes each. Twenty
 * of the longest timetables there can be, or a thousand of an ordinary one.
 */
const MOST_SLOTS = 80_000;

/** A feed, and how many listen to it or are about to. */
type Kept = { feed: LiveFeed; ready: Promise<void>; seats: number };

const tooMany = () =>
  new Refusal<LiveRefusal>(
    'too_many_listeners',
    'So many are listening that nobody else can at the moment. Ask for the availability now and then, and try again later.',
    { headers: { 'retry-after': '15' } },
  );

/** Does one thing after the other, in the order in which they are asked for. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

/**
 * Everybody who listens to what can be booked, in one process. An offering is looked at once a
 * second while somebody listens to it, however many do, and never otherwise. Offerings are looked at
 * one after the other: listening takes one connection to the database at most, and where there are
 * so many that a round takes longer, changes come later instead of bookings.
 */
export function createLiveFeeds({
  listAvailability,
  mostListeners,
  logger,
  metrics,
  mostSlots = MOST_SLOTS,
  lookMs = LOOK_MS,
  beatMs = heartbeatMs,
}: {
  listAvailability: ListAvailability;
  mostListeners: number;
  logger: Logger;
  metrics: Metrics;
  mostSlots?: number;
  lookMs?: number;
  beatMs?: number;
}) {
  const kept = new Map<string, Kept>();
  let seats = 0;
  let beat: NodeJS.Timeout | undefined;
  const inTurn = createQueue();
  const slotsKept = () => kept.values().reduce((sum, { feed }) => sum + feed.slots, 0);
  measure(metrics, () => seats);
  const dropped = metrics.counter({
    name: 'guichet_live_dropped_total',
    help: 'Listeners let go because they did not keep up',
  });

  const looks = createLoop({
    async turn() {
      for (const { feed } of kept.values()) if (feed.isHeard) await inTurn(feed.look);
    },
    pauseMs: lookMs,
    onError: (err) => logger.warn({ err }, 'availability could not be looked at; it is again'),
  });

  function keep(offeringId: string): Kept {
    const known = kept.get(offeringId);
    if (known) return known;
    const load = async () => (await listAvailability(offeringId, null, null)).items;
    const feed = createLiveFeed({ load, onDrop: () => dropped.inc() });
    const fresh = { feed, ready: inTurn(feed.look), seats: 0 };
    kept.set(offeringId, fresh);
    return fresh;
  }

  /** Takes a place among the listeners; what it answers gives it back. */
  function take(offeringId: string) {
    if (seats >= mostListeners) throw tooMany();
    const taken = keep(offeringId);
    seats += 1;
    taken.seats += 1;
    const leave = () => {
      seats -= 1;
      taken.seats -= 1;
      if (taken.seats === 0) kept.delete(offeringId);
    };
    return { ...taken, leave };
  }

  return {
    /**
     * Lets somebody listen to an offering: `open` is called when it is known that they may, and
     * answers where they are told, if they listen on. Refuses an offering that nobody may see, and
     * one listener too many.
     */
    async listen(offeringId: string, open: () => Writable | undefined): Promise<void> {
      const { feed, ready, leave } = take(offeringId);
      try {
        await ready;
        // Another listener of what is heard already adds nothing to it.
        if (!feed.isHeard && slotsKept() > mostSlots) throw tooMany();
      } catch (error) {
        leave();
        throw error;
      }
      const listener = open();
      if (!listener) return leave();
      finished(listener, () => {
        feed.remove(listener);
        leave();
      });
      feed.add(listener);
    },
    start(): void {
      looks.start();
      beat = setInterval(() => {
        for (const { feed } of kept.values()) feed.tell(heartbeat);
      }, beatMs);
    },
    endAll(): void {
      for (const { feed } of kept.values()) feed.end();
    },
    async stop(): Promise<void> {
      clearInterval(beat);
      await looks.stop();
    },
  };
}
export type LiveFeeds = ReturnType<typeof createLiveFeeds>;

function measure(metrics: Metrics, listeners: () => number): void {
  metrics.gauge({
    name: 'guichet_live_listeners',
    help: 'How many listen to what can be booked',
    collect() {
      this.set(listeners());
    },
  });
}
