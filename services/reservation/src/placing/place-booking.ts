import { setTimeout as sleep } from 'node:timers/promises';
import type { Contact } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import { createBatcher } from '@guichet/postgres/batcher';
import type { Pool } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { Metrics } from '@guichet/telemetry/metrics';
import { step } from '@guichet/telemetry/step';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { ManageTokens } from '../access/manage-token.ts';
import type { LiveSettings } from '../config.ts';
import type { VerifyQuote } from '../quotes/verify-quote.ts';
import { busy, decidePlacement, type Placed, type Placement, soldOut } from './placement.ts';
import type { PlacingQueue } from './placing-queue.ts';
import { type Claim, placingStore } from './placing-store.ts';
import { newReference } from './reference.ts';
import { createSoldOutLatch, readRests } from './sold-out-latch.ts';

/** A lock on the very place that would be free is over within milliseconds. */
const ATTEMPTS = 6;
const PAUSE_MS = 15;

type Buyer = {
  customerId: string | null;
  contact: Contact | null;
  /** Unix milliseconds at which they stop waiting. */
  deadline?: number | undefined;
};

/** Takes the places of a quote, once for one key, and holds them for its buyer. */
export const placeBooking = ({
  pool,
  queue,
  verifyQuote,
  manageTokens,
  live,
  graceMs,
  told,
  metrics,
}: {
  pool: Pool;
  queue: PlacingQueue;
  verifyQuote: VerifyQuote;
  manageTokens: ManageTokens;
  live: () => Pick<LiveSettings, 'holdMs'>;
  graceMs: number;
  /** Called after facts were committed, so that they leave without waiting for the next look. */
  told: () => void;
  metrics: Metrics;
}) => {
  const store = placingStore(pool);
  const created = metrics.counter({ name: 'booking_created_total', help: 'Bookings placed' });
  const taken = metrics.counter({
    name: 'guichet_places_taken_total',
    help: 'Places that bookings took',
  });
  const outcomes = metrics.counter({
    name: 'guichet_placing_outcomes_total',
    help: 'What trying to place a booking came to',
    labelNames: ['outcome'],
  });

  const place = (
    claim: Claim,
    { deadline, ...buyer }: Buyer,
    quote: QuoteClaims,
  ): Promise<Placement> =>
    queue.place({
      claim,
      deadline,
      booking: {
        ...buyer,
        id: newId(),
        reference: newReference(),
        quote,
        holdMs: live().holdMs,
        tokenKey: manageTokens.currentKey,
        traceparent: currentTraceparent() ?? null,
      },
    });

  const latch = createSoldOutLatch(readRests(pool, graceMs));
  const replayOf = createBatcher<Claim, Placement | undefined>({
    one: store.replayOf,
    many: store.replaysOf,
    keyOf: ({ scope, key }) => `${scope} ${key}`,
    isShared: isConnectionLost,
  });

  /** What was answered to this key before; whoever was not answered is refused. */
  async function replayOrThrow(claim: Claim, refusal: unknown): Promise<Placed> {
    const replay = await replayOf(claim);
    const placed = replay && decidePlacement(replay, claim);
    if (!placed) throw refusal;
    return placed;
  }

  async function take(claim: Claim, buyer: Buyer, quote: QuoteClaims): Promise<Placed> {
    if (await latch.refuses(quote.slot, quote.places)) {
      outcomes.inc({ outcome: 'latched' });
      return replayOrThrow(claim, soldOut());
    }
    let placement = await place(claim, buyer, quote);
    for (let attempt = 1; ; attempt += 1) {
      outcomes.inc({ outcome: placement.outcome });
      if (placement.outcome === 'placed') taken.inc(quote.places);
      if (placement.outcome === 'sold_out') latch.latch(quote.slot);
      const placed = decidePlacement(placement, claim);
      if (placed) return placed;
      if (attempt === ATTEMPTS) throw placement.outcome === 'contended' ? soldOut() : busy();
      await sleep(PAUSE_MS * attempt * (0.5 + Math.random()));
      placement = await place(claim, buyer, quote);
    }
  }

  return async ({ claim, quote, ...buyer }: { claim: Claim; quote: string } & Buyer) => {
    queue.refuseIfOld();
    const placed = await verifyQuote(quote).then(
      (claims) => take(claim, buyer, claims),
      // A quote may have expired between the first request and its repetition.
      (refusal) => replayOrThrow(claim, refusal),
    );
    step('booking.placed');
    const replayed = placed.outcome === 'replay';
    if (!replayed) {
      created.inc();
      told();
    }
    return { replayed, booking: answerOf(placed, manageTokens) };
  };
};
export type PlaceBooking = ReturnType<typeof placeBooking>;

/** The same for a replay, to the byte: the token is computed anew with the key of that time. */
const answerOf = (placed: Placed, manageTokens: ManageTokens) => ({
  id: placed.bookingId,
  reference: placed.reference,
  status: 'PENDING' as const,
  holdExpiresAt: placed.holdExpiresAt.toISOString(),
  totalCents: placed.totalCents,
  currency: placed.currency,
  manageToken: manageTokens.make(placed.bookingId, placed.tokenKey),
});
