import type { Contact } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { holdStore } from '../holds/hold-store.ts';
import { test as base, type Reservation } from '../reservation-server-test.ts';
import {
  aContact,
  facts,
  GRACE_MS,
  lapse,
  manageTokens,
  noTelling,
  placed,
  quoteFor,
  seedSlot,
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

type SoldOut = {
  /** The places of each booking that there is; together they are all that the slot has. */
  bookings?: readonly number[];
  /** Who waits for one place each, in their order. */
  waiting?: readonly string[];
  startsAt?: Date;
};

/** Sells a slot out, and lets people join its waiting list over HTTP at whatever they ask for. */
async function sellOut(
  { pool, reservation }: { pool: Pool; reservation: Reservation },
  { bookings = [1], waiting = [], ...when }: SoldOut,
) {
  const capacity = bookings.reduce((sum, places) => sum + places, 0);
  const slot = await seedSlot(pool, { capacity, ...when });
  const sold: string[] = [];
  for (const places of bookings) sold.push(await placed(pool, quoteFor(slot, places)));

  reservation.outside.askQuote = async (asked) =>
    reservation.quote(JSON.parse(await pricing(slot)(asked)));
  const join = (name: string, adult = 1, { key = newId(), ...changes }: Joining = {}) =>
    reservation.ask('POST', `/api/slots/${slot.id}/waiting-list`, {
      key,
      json: { party: { adult }, contact: person(name), ...changes },
    });
  const entries = new Map<string, { id: string; manageToken: string }>();
  for (const name of waiting) entries.set(name, (await join(name)).body);
  const entryOf = (name: string) => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`${name} does not wait.`);
    return entry;
  };
  return { slot, sold, join, entryOf };
}
type Joining = { key?: string } & Record<string, unknown>;

/** `test` with slots that are sold out. */
export const test = base.extend<{ soldOut: (how?: SoldOut) => ReturnType<typeof sellOut> }>({
  soldOut: async ({ pool, reservation }, use) =>
    use((how = {}) => sellOut({ pool, reservation }, how)),
});

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

/** Gives the places of bookings back, as the sweeper does. */
export async function giveBack(pool: Pool, bookings: readonly string[]): Promise<void> {
  for (const id of bookings) await lapse(pool, id);
  await holdStore(pool, GRACE_MS).freeLapsed(100);
}

/** What was told, in order. */
export const factTypes = async (pool: Pool): Promise<string[]> =>
  (await facts(pool)).map(({ type }) => type);
