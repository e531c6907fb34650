import type { Contact } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { holdStore } from '../holds/hold-store.ts';
import type { Reservation } from '../reservation-server-test.ts';
import {
  aContact,
  facts,
  GRACE_MS,
  lapse,
  manageTokens,
  noTelling,
  quoteFor,
} from '../reservation-test.ts';
import type { Slot } from '../slots/slot.ts';
import type { AskQuote } from './ask-quote.ts';
import { measureWaitingList } from './measure-waiting-list.ts';
import { offerPlaces as createOffers } from './offer-places.ts';

const HOUR_MS = 3_600_000;

/** Catalog as it would answer for a slot: any party, at the price of quoteFor. */
export const pricing = (slot: Slot, changes: Partial<QuoteClaims> = {}) =>
  (async ({ party }) =>
    JSON.stringify(
      quoteFor(
        slot,
        Object.values(party).reduce((sum, count) => sum + count, 0),
        changes,
      ),
    )) as AskQuote;

/** Quotes of `pricing` are not signed: reading them is believing them. */
const verifyQuote = async (quote: string) => JSON.parse(quote) as QuoteClaims;

/** One round of offering, as every replica makes them. */
export function offering(
  pool: Pool,
  slot: Slot,
  {
    askQuote = pricing(slot),
    offerMs = 2 * HOUR_MS,
  }: { askQuote?: AskQuote; offerMs?: number } = {},
) {
  const metrics = createMetrics({ service: 'test' });
  const offer = createOffers({
    ...{ pool, askQuote, verifyQuote, manageTokens, graceMs: GRACE_MS, told: noTelling },
    live: () => ({ offerMs }),
    measure: measureWaitingList({ pool, metrics }),
    logger: createLogger({ service: 'test', level: 'silent' }),
  });
  return { offer, metrics };
}

export const person = (name: string): Contact => ({ ...aContact, email: `${name}@example.org` });

/** Joins over HTTP; catalog prices whatever is asked. */
export async function joining(reservation: Reservation, slot: Slot) {
  reservation.outside.askQuote = async (asked) =>
    reservation.quote(JSON.parse(await pricing(slot)(asked)));
  return (name: string, adult = 1, changes: Record<string, unknown> = {}) =>
    reservation.ask('POST', `/api/slots/${slot.id}/waiting-list`, {
      key: newId(),
      json: { party: { adult }, contact: person(name), ...changes },
    });
}

export async function counters(pool: Pool, { id }: Pick<Slot, 'id'>) {
  const { rows } = await pool.query('select taken, kept, waiting from slots where id = $1', [id]);
  return rows[0] as { taken: number; kept: number; waiting: number };
}

/** Who has a live booking of a slot, by the name before the @, and how many places. */
export async function holders(pool: Pool, { id }: Pick<Slot, 'id'>): Promise<string[]> {
  const { rows } = await pool.query(
    `select split_part(contact ->> 'email', '@', 1) || ' ' || places as who from bookings
      where slot_id = $1 and status in ('PENDING', 'CONFIRMED') order by created_at, id`,
    [id],
  );
  return rows.map(({ who }) => who as string);
}

/** Gives a booking’s places back, as the sweeper does. */
export async function giveBack(pool: Pool, bookingId: string): Promise<void> {
  await lapse(pool, bookingId);
  await holdStore(pool, GRACE_MS).freeLapsed(100);
}

/** What was told, in order. */
export const factTypes = async (pool: Pool): Promise<string[]> =>
  (await facts(pool)).map(({ type }) => type);
