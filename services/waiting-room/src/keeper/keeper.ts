import { createLoop } from '@guichet/loop/loop';
import type { Pool } from '@guichet/postgres/pool';
import { unsampled } from '@guichet/telemetry/carrier';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from '../config.ts';
import type { Line } from '../line/line.ts';
import type { AskPace, Pace } from '../rooms/ask-others.ts';
import { phaseOf, type Room } from '../rooms/room.ts';
import {
  creditOf,
  decideCalls,
  decidePace,
  inPlay,
  placesPerBooking,
  rateOf,
  servable,
} from './decide-calls.ts';
import { type KeptRoom, keeperStore } from './keeper-store.ts';
import { measureKeeper } from './measure-keeper.ts';

/** Gives their ranks to those who joined before the sale; a draw that was made stays as it is. */
export type DrawLine = (roomId: string) => Promise<unknown>;

/** What a keeper remembers of a room from one tick to the next; who comes after it begins anew. */
type Memory = { at: Date; credit: number; heldBack: boolean };

type Probed = { pace: Pace | undefined; tookMs: number };

export type KeeperDeps = {
  pool: Pool;
  /** Whom the rooms are kept by: this process and no other. */
  id: string;
  askPace: AskPace;
  drawLine: DrawLine;
  live: () => Pick<LiveSettings, 'latencyBudgetMs' | 'mostPerSecond'>;
  /** How far a line has come. */
  onLine: (line: Line) => void;
  leaseMs: number;
  tickMs: number;
  logger: Logger;
  metrics: Metrics;
};

/**
 * Calls people. Every replica has one of these; each room is kept by one of them, which holds a lease
 * on it by the database's clock, and whatever it writes it writes while it holds it.
 *
 * A keeper that cannot ask reservation calls nobody and lets go: it may be the one that is cut off.
 */
export function createKeeper(deps: KeeperDeps) {
  const { pool, id, askPace, drawLine, live, onLine, leaseMs, tickMs, logger } = deps;
  const store = keeperStore(pool);
  const { onCalled, onFailed, onProbed } = measureKeeper(deps.metrics);
  let memories = new Map<string, Memory>();
  let isCutOff = false;

  /** How placing goes, and how long that took to say; it must come before the tick is over. */
  async function probe(offeringId: string): Promise<Probed> {
    const began = performance.now();
    const pace = await askPace(offeringId, Date.now() + tickMs * 0.8);
    const tookMs = performance.now() - began;
    onProbed(tookMs);
    return { pace, tookMs };
  }

  function memoryOf({ id: roomId, now }: KeptRoom): Memory {
    const known = memories.get(roomId);
    if (known) return known;
    return { at: new Date(now.getTime() - tickMs), credit: 0, heldBack: true };
  }

  /** How many may be called now, and how fast from here on. */
  async function decide(kept: KeptRoom, pace: Pace, probeMs: number) {
    const { latencyBudgetMs, mostPerSecond } = live();
    const { at, credit: left, heldBack } = memoryOf(kept);
    const slowestMs = Math.max(pace.queueAgeMs, probeMs);
    const rate = rateOf(kept.pacing, mostPerSecond);
    const perSecond =
      rate ?? decidePace({ pace: kept.pace, slowestMs, latencyBudgetMs, mostPerSecond, heldBack });
    const elapsedMs = Math.min(2 * tickMs, kept.now.getTime() - at.getTime());
    const credit = creditOf(left, perSecond, elapsedMs);

    const { inside, onTheirWay, bookingsBefore } = await store.countInPlay(kept.id);
    const bookedSince = pace.bookings - (bookingsBefore ?? pace.bookings);
    const taken = pace.capacity - pace.placesLeft;
    const people = decideCalls({
      couldServe: servable(pace.placesLeft, placesPerBooking({ taken, bookings: pace.bookings })),
      playing: inPlay({ inside, bookedSince, onTheirWay }),
      credit,
      waiting: kept.joined - kept.calledUpTo,
    });
    const next = { at: kept.now, credit: credit - people, heldBack: people >= Math.floor(credit) };
    memories.set(kept.id, next);
    return { people, pace: rate === undefined ? perSecond : kept.pace };
  }

  const mayCall = (room: Room & { now: Date }) =>
    phaseOf(room, room.now) === 'admitting' && (room.order !== 'draw' || room.drawnAt !== null);

  async function callOn(kept: KeptRoom, { pace, tookMs }: Probed): Promise<void> {
    const told = pace
      ? { placesLeft: pace.placesLeft, held: pace.held, bookings: pace.bookings }
      : null;
    const calling =
      pace && mayCall(kept) ? await decide(kept, pace, tookMs) : { people: 0, pace: kept.pace };
    const line = await store.call(kept.id, id, { ...calling, told });
    if (!line) return;
    onCalled(line.calledUpTo - kept.calledUpTo);
    onLine(line);
  }

  async function drawIfDue(kept: KeptRoom): Promise<void> {
    const isDue = kept.order === 'draw' && kept.drawnAt === null;
    if (!isDue || phaseOf(kept, kept.now) !== 'admitting') return;
    try {
      await drawLine(kept.id);
    } catch (err) {
      onFailed('draw');
      logger.error(
        { err, roomId: kept.id },
        'a draw could not be made; nobody is called before it',
      );
    }
  }

  /** Says whether reservation could be asked; where it could not, the room is somebody else's. */
  async function tend(kept: KeptRoom): Promise<boolean> {
    await drawIfDue(kept);
    const probed = await probe(kept.offeringId).catch((err: unknown) => {
      onFailed('reservation');
      logger.warn({ err, roomId: kept.id }, 'nobody is called: reservation could not be asked');
    });
    if (probed) await callOn(kept, probed);
    else await store.letGo(id, kept.id);
    return probed !== undefined;
  }

  async function tick(): Promise<void> {
    const rooms = await store.keep(id, { leaseMs, marginMs: isCutOff ? 2 * tickMs : 0 });
    const kept = new Set(rooms.map(({ id: roomId }) => roomId));
    memories = new Map([...memories].filter(([roomId]) => kept.has(roomId)));
    const tended = await Promise.allSettled(rooms.map(tend));
    if (rooms.length > 0)
      isCutOff = tended.some((each) => each.status === 'fulfilled' && !each.value);
    for (const each of tended) if (each.status === 'rejected') throw each.reason;
  }

  const loop = createLoop({
    turn: () => unsampled(tick),
    pauseMs: tickMs,
    onError: (err) => {
      onFailed('database');
      logger.warn({ err }, 'rooms could not be kept; it is tried again');
    },
    onStop: () => store.letGo(id),
  });
  return { tick, start: loop.start, stop: loop.stop };
}
