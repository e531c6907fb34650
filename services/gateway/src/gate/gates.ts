import type { Answer } from '@guichet/contracts/client';
import type { gates as gatesOperation } from '@guichet/contracts/internal-sales';
import { createLoop } from '@guichet/loop/loop';
import { unsampled } from '@guichet/telemetry/carrier';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';

type Told = Answer<typeof gatesOperation>;
export type Gate = { readonly roomId: string; readonly closesAtMs: number };

/** A room is opened minutes before its sale: whoever hears of it so late hears of it in time. */
const askMs = 2_000;
/**
 * A gateway that has never heard of any room sells nothing for so long, since an offering that it
 * lets through may have one. Longer, and the waiting room being away would be an outage of everything.
 */
const unknownMs = 60_000;

/**
 * The offerings that nobody buys of without an admission, in memory. What was heard last counts while
 * the waiting room cannot be asked: nobody is let past a room by its being away.
 */
export function createGates({
  ask,
  logger,
  metrics,
  now = Date.now,
}: {
  ask: () => Promise<Told>;
  logger: Logger;
  metrics: Metrics;
  now?: () => number;
}) {
  const began = now();
  let byOffering: ReadonlyMap<string, Gate> = new Map();
  let heardAt: number | undefined;
  /** How far the room’s clock is ahead of ours. */
  let aheadMs = 0;
  let complained = false;
  /** Not where no waiting room is installed. */
  let asks = false;
  metrics.gauge({
    name: 'guichet_gates',
    help: 'Offerings that nobody buys of without an admission',
    collect() {
      this.set(byOffering.size);
    },
  });
  metrics.gauge({
    name: 'guichet_gates_age_seconds',
    help: 'How long ago the waiting room last told which offerings have a room',
    collect() {
      this.set(asks ? (now() - (heardAt ?? began)) / 1_000 : 0);
    },
  });

  async function hear(): Promise<void> {
    const asked = now();
    const told = await unsampled(ask);
    // As if it had been told half-way: it is right to half of what asking takes.
    aheadMs = Date.parse(told.now) - (asked + now()) / 2;
    byOffering = new Map(
      told.gates.map(({ offeringId, roomId, closesAt }) => [
        offeringId.toLowerCase(),
        { roomId, closesAtMs: Date.parse(closesAt) },
      ]),
    );
    heardAt = now();
    if (complained) logger.info('The waiting room tells its gates again');
    complained = false;
  }

  function complain(err: unknown): void {
    if (complained) return;
    complained = true;
    logger.warn({ err }, 'The waiting room does not tell its gates: those known last count');
  }

  const loop = createLoop({ turn: hear, pauseMs: askMs, onError: complain });
  let warned = false;

  /** Whether no gate is known because nobody could be asked, for as long as that shuts the door. */
  function areUnknown(): boolean {
    if (heardAt !== undefined) return false;
    if (now() - began < unknownMs) return true;
    if (!warned) logger.error('No gate was ever told: what has a waiting room is sold without it');
    warned = true;
    return false;
  }

  return {
    /** The first thing, so that a gateway that is ready knows its gates wherever it can. */
    hear: () => hear().catch(complain),
    start(): void {
      asks = true;
      loop.start();
    },
    stop: loop.stop,
    /** The room’s clock, in Unix milliseconds. */
    nowMs: () => now() + aheadMs,
    areUnknown,
    /**
     * Readiness: the replicas that know their gates serve meanwhile.
     *
     * @throws while none is known
     */
    async known(): Promise<void> {
      if (areUnknown()) throw new Error('The waiting room has not told yet what has a gate.');
    },
    get size() {
      return byOffering.size;
    },
    find(offeringId: string): Gate | undefined {
      const gate = byOffering.get(offeringId);
      return gate && gate.closesAtMs > now() + aheadMs ? gate : undefined;
    },
  };
}
export type Gates = ReturnType<typeof createGates>;
