import { setTimeout as sleep } from 'node:timers/promises';
import type { Contact } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { step } from '@guichet/telemetry/step';
import { currentTraceparent } from '@guichet/telemetry/trace';
import type { VerifyQuote } from '../quotes/verify-quote.ts';
import type { ManageTokens } from './manage-token.ts';
import {
  type Claim,
  type Placed,
  type Placement,
  type PlacingRefusal,
  placingStore,
} from './placing-store.ts';
import { newReference } from './reference.ts';

const sentences: Record<PlacingRefusal, string> = {
  slot_not_found: 'There is no such slot.',
  quote_mismatch: 'The quote’s slot belongs to another offering or organiser.',
  offering_withdrawn: 'This offering is no longer sold.',
  slot_cancelled: 'This date has been cancelled.',
  slot_departed: 'This date has passed.',
  slot_closed: 'This date is closed.',
  not_on_sale: 'The sale of this date has not begun.',
  sold_out: 'Not enough places are left.',
};

export type PlaceBookingRefusal = PlacingRefusal | 'idempotency_key_reused';

/** A lock on the very place that would be free is over within milliseconds. */
const ATTEMPTS = 6;
const PAUSE_MS = 15;

/** The placed booking, or the reason why there is none; `undefined` when it is worth another try. */
function decidePlacement(placement: Placement): Placed | undefined {
  switch (placement.outcome) {
    case 'placed':
    case 'replay':
      return placement;
    case 'reused':
      throw new Refusal(
        'idempotency_key_reused',
        'This Idempotency-Key came with another body before.',
      );
    case 'reference_taken':
    case 'contended':
      return undefined;
    default:
      throw new Refusal(placement.outcome, sentences[placement.outcome]);
  }
}

/** Takes the places of a quote, once for one key, and holds them for its buyer. */
export const placeBooking = ({
  pool,
  verifyQuote,
  manageTokens,
  holdMs,
  graceMs,
  told,
}: {
  pool: Pool;
  verifyQuote: VerifyQuote;
  manageTokens: ManageTokens;
  holdMs: number;
  graceMs: number;
  /** Called after facts were committed, so that they leave without waiting for the next look. */
  told: () => void;
}) => {
  const store = placingStore(pool);

  /** A quote may have expired between the first request and its repetition. */
  async function replayOrThrow(claim: Claim, refusal: unknown): Promise<Placed> {
    const replay = await store.replayOf(claim);
    const placed = replay && decidePlacement(replay);
    if (!placed) throw refusal;
    return placed;
  }

  async function take(
    claim: Claim,
    buyer: { customerId: string | null; contact: Contact | null },
    quote: QuoteClaims,
  ): Promise<Placed> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const placement = await store.place(claim, {
        id: newId(),
        reference: newReference(),
        ...buyer,
        quote,
        holdMs,
        graceMs,
        tokenKey: manageTokens.currentKey,
        traceparent: currentTraceparent() ?? null,
      });
      const placed = decidePlacement(placement);
      if (placed) return placed;
      await sleep(PAUSE_MS * attempt * Math.random());
    }
    throw new Refusal('sold_out', sentences.sold_out);
  }

  return async ({
    claim,
    quote,
    contact,
    customerId,
  }: {
    claim: Claim;
    quote: string;
    contact: Contact | null;
    customerId: string | null;
  }) => {
    const placed = await verifyQuote(quote).then(
      (claims) => take(claim, { customerId, contact }, claims),
      (refusal) => replayOrThrow(claim, refusal),
    );
    step('booking.placed');
    if (placed.outcome === 'placed') told();
    return {
      replayed: placed.outcome === 'replay',
      booking: {
        id: placed.bookingId,
        reference: placed.reference,
        status: 'PENDING' as const,
        holdExpiresAt: placed.holdExpiresAt.toISOString(),
        totalCents: placed.totalCents,
        currency: placed.currency,
        manageToken: manageTokens.make(placed.bookingId, placed.tokenKey),
      },
    };
  };
};
export type PlaceBooking = ReturnType<typeof placeBooking>;
