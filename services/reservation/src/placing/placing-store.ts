import type { Contact } from '@guichet/contracts/bookings';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Queryable } from '@guichet/postgres/pool';
import { isConnectionLost } from '@guichet/postgres/unavailable';
import type { Placement } from './placement.ts';

/** The claim of an `Idempotency-Key`: one effect for one key of one caller. */
export type Claim = { scope: string; key: string; bodyHash: string };

export type NewBooking = {
  id: string;
  reference: string;
  customerId: string | null;
  contact: Contact | null;
  quote: QuoteClaims;
  holdMs: number;
  tokenKey: number;
  traceparent: string | null;
};

/** A booking to be placed, once for its claim. */
export type Placing = { claim: Claim; booking: NewBooking };

const placementColumns = `
  outcome, booking_id as "bookingId", reference, hold_expires_at as "holdExpiresAt",
  total_cents as "totalCents", currency, token_key as "tokenKey"`;

/** What an error of the database means for a placing; anything else is thrown on. */
function placementOfError(error: unknown): Placement {
  const { code, where } = error as { code?: string; where?: string };
  if (code === '55P03') {
    return { outcome: where?.includes('booking_keys') ? 'in_flight' : 'busy' };
  }
  if (code === '40P01' || code === '40001') return { outcome: 'contended' };
  if (isConnectionLost(error)) return { outcome: 'lost' };
  throw error;
}

/**
 * What a quote promises, as place_bookings reads it: `promised` in
 * migrations/0021_promises_of_a_batch.sql. What is computed with stands beside the rest, since
 * PostgreSQL reads a column of a document for a third of what looking into jsonb costs.
 */
function promiseOf(quote: QuoteClaims): string {
  const { org, off, ver, slot, places, total, tax, cur, iat: _, exp: __, ...rest } = quote;
  return JSON.stringify({
    organiserId: org,
    offeringId: off,
    offeringVersion: ver,
    slotId: slot,
    places,
    totalCents: total,
    taxCents: tax,
    currency: cur,
    quote: rest,
  });
}

/** Numbers promises from 1, the same ones alike: those of one quote, and of one asked for again. */
function createPromises() {
  const byQuote = new Map<QuoteClaims, number>();
  const byText = new Map<string, number>();
  return {
    numberOf(quote: QuoteClaims): number {
      const known = byQuote.get(quote);
      if (known) return known;
      const text = promiseOf(quote);
      const number = byText.get(text) ?? byText.size + 1;
      byText.set(text, number);
      byQuote.set(quote, number);
      return number;
    },
    json: () => `[${[...byText.keys()].join()}]`,
  };
}

/** What place_bookings reads: who wants a place, and once for all of them what they were promised. */
function batchOf(placings: readonly Placing[]): { members: string; promises: string } {
  const promises = createPromises();
  const members = placings.map(
    ({ claim, booking: { quote, customerId, contact, ...booking } }) => ({
      ...booking,
      traceparent: booking.traceparent ?? undefined,
      customerId: customerId ?? undefined,
      contact: contact ?? undefined,
      scope: claim.scope,
      key: claim.key,
      hash: claim.bodyHash,
      promise: promises.numberOf(quote),
    }),
  );
  return { members: JSON.stringify(members), promises: promises.json() };
}

/** Those who were placed share an answer: all but until when is what was asked for. */
const placeAllText = `
  select whom, ${placementColumns} from place_bookings($1, $2, $3 * interval '1 millisecond')`;

const placedAs = ({ booking }: Placing, holdExpiresAt: Date): Placement => ({
  outcome: 'placed',
  bookingId: booking.id,
  reference: booking.reference,
  holdExpiresAt,
  totalCents: booking.quote.total,
  currency: booking.quote.cur,
  tokenKey: booking.tokenKey,
});

/**
 * The hot path: one statement, one commit. What it does is in migrations/0006_placing.sql for one
 * booking and in 0022_batches_of_promises.sql for many, with the same outcomes.
 */
export const placingStore = (db: Queryable) => ({
  async place({ claim, booking }: Placing, graceMs: number): Promise<Placement> {
    try {
      const { rows } = await db.query<Placement>({
        name: 'place_booking',
        text: `select ${placementColumns} from place_booking($1, $2, $3, $4, $5, $6, $7, $8, $9,
                 $10 * interval '1 millisecond', $11 * interval '1 millisecond', $12)`,
        values: [
          claim.scope,
          claim.key,
          claim.bodyHash,
          booking.tokenKey,
          booking.id,
          booking.reference,
          booking.customerId,
          booking.contact,
          booking.quote,
          booking.holdMs,
          graceMs,
          booking.traceparent,
        ],
      });
      return rows[0] as Placement;
    } catch (error) {
      return placementOfError(error);
    }
  },

  /** Answers in the order of `placings`. A lock that one of them waited for in vain is thrown. */
  async placeAll(placings: readonly Placing[], graceMs: number): Promise<Placement[]> {
    try {
      const batch = batchOf(placings);
      const { rows } = await db.query<Placement & { whom: number[] }>({
        name: 'place_bookings',
        text: placeAllText,
        values: [batch.members, batch.promises, graceMs],
      });
      const answers = new Map(
        rows.flatMap(({ whom, ...placement }) => whom.map((member) => [member, placement])),
      );
      return placings.map((placing, at) => {
        const answer = answers.get(at + 1) as Placement;
        return answer.outcome === 'placed' ? placedAs(placing, answer.holdExpiresAt) : answer;
      });
    } catch (error) {
      const placement = placementOfError(error);
      if (placement.outcome === 'in_flight' || placement.outcome === 'busy') throw error;
      return placings.map(() => placement);
    }
  },

  /** What was answered to this key before, if it was. */
  async replayOf({ scope, key, bodyHash }: Claim): Promise<Placement | undefined> {
    const { rows } = await db.query<Placement>(
      `select ${placementColumns} from replay_of($1, $2, $3) where outcome is not null`,
      [scope, key, bodyHash],
    );
    return rows[0];
  },

  /** The same for many, in the order of `claims`. */
  async replaysOf(claims: readonly Claim[]): Promise<(Placement | undefined)[]> {
    const { rows } = await db.query<Placement & { nth: number }>({
      name: 'replays_of',
      text: `select nth, ${placementColumns}
               from unnest($1::text[], $2::text[], $3::text[]) with ordinality
                 as claim (scope, key, hash, nth),
                    lateral replay_of(claim.scope, claim.key, claim.hash)
              where outcome is not null`,
      values: [
        claims.map(({ scope }) => scope),
        claims.map(({ key }) => key),
        claims.map(({ bodyHash }) => bodyHash),
      ],
    });
    const answers = new Map(rows.map(({ nth, ...placement }) => [nth, placement]));
    return claims.map((_, at) => answers.get(at + 1) as Placement | undefined);
  },

  /** Keys may be used anew after a day, as those of Stripe. */
  async forgetOldKeys(): Promise<void> {
    await db.query(
      `delete from booking_keys where (scope, key) in (
         select scope, key from booking_keys
          where created_at < now() - interval '24 hours' order by created_at limit 1000)`,
    );
  },
});
