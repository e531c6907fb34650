import { join } from 'node:path';
import type { Contact } from '@guichet/contracts/bookings';
import { newId } from '@guichet/contracts/ids';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import type { Pool, Queryable } from '@guichet/postgres/pool';
import { databaseTest } from '@guichet/testing/database-test';
import { createManageTokens } from './access/manage-token.ts';
import { offeringStore } from './offerings/offering-store.ts';
import type { Placement } from './placing/placement.ts';
import { type Placing, placingStore } from './placing/placing-store.ts';
import { newReference } from './placing/reference.ts';
import type { Slot } from './slots/slot.ts';
import { slotStore } from './slots/slot-store.ts';

/** `test` with a database of reservation's own. */
export const test = databaseTest(join(import.meta.dirname, '../migrations'));

const DAY_MS = 86_400_000;
const HOLD_MS = 600_000;
export const GRACE_MS = 15_000;

export const aContact: Contact = {
  email: 'ada@example.org',
  firstName: 'Ada',
  lastName: 'Lovelace',
  language: 'en',
};

/** Opens a slot of a published offering, thirty days ahead unless told otherwise. */
export async function seedSlot(
  pool: Pool,
  {
    capacity = 10,
    startsAt = new Date(Date.now() + 30 * DAY_MS),
    onSaleAt = null,
    organiserId = newId(),
    offeringId = newId(),
  }: Partial<Pick<Slot, 'capacity' | 'startsAt' | 'onSaleAt' | 'organiserId' | 'offeringId'>> = {},
): Promise<Slot> {
  const offering = {
    id: offeringId,
    organiserId,
    status: 'published' as const,
    title: { en: 'The Miser', fr: 'L’Avare' },
    venue: { name: 'Théâtre de la Lanterne', timeZone: 'Europe/Paris' },
    fares: [{ code: 'adult', name: { en: 'Adult', fr: 'Adulte' } }],
    version: 2,
  };
  await offeringStore(pool).keep(offering);
  const endsAt = new Date(startsAt.getTime() + 7_200_000);
  const [slot] = await slotStore(pool).open(offering, [
    { id: newId(), capacity, startsAt, endsAt, onSaleAt },
  ]);
  return slot as Slot;
}

/** What catalog would promise for so many places of a slot. */
export const quoteFor = (
  slot: Slot,
  places = 1,
  changes: Partial<QuoteClaims> = {},
): QuoteClaims => ({
  org: slot.organiserId,
  off: slot.offeringId,
  ver: 2,
  slot: slot.id,
  party: { adult: places },
  places,
  options: [],
  lines: [
    {
      kind: 'fare',
      code: 'adult',
      quantity: places,
      unitCents: 2500,
      taxCents: 0,
      totalCents: 2500 * places,
    },
  ],
  total: 2500 * places,
  tax: 0,
  cur: 'EUR',
  terms: '1',
  refunds: [
    { hoursBefore: 48, percent: 100 },
    { hoursBefore: 24, percent: 50 },
  ],
  names: false,
  iat: 1_800_000_000,
  exp: 4_000_000_000,
  ...changes,
});

export type Buyer = {
  key?: string;
  reference?: string;
  bodyHash?: string;
  customerId?: string | null;
  contact?: Contact | null;
  holdMs?: number;
};

/** What the hot path is asked to place. */
export const placingOf = (quote: QuoteClaims, buyer: Buyer = {}): Placing => ({
  claim: { scope: 'test', key: buyer.key ?? newId(), bodyHash: buyer.bodyHash ?? 'same' },
  booking: {
    id: newId(),
    reference: buyer.reference ?? newReference(),
    customerId: buyer.customerId ?? null,
    contact: buyer.contact === undefined ? aContact : buyer.contact,
    quote,
    holdMs: buyer.holdMs ?? HOLD_MS,
    tokenKey: 1,
    traceparent: null,
  },
});

/** Places a booking by the SQL function alone. */
export const place = (pool: Queryable, quote: QuoteClaims, buyer: Buyer = {}): Promise<Placement> =>
  placingStore(pool).place(placingOf(quote, buyer), GRACE_MS);

/** Places bookings by the SQL function of a batch. */
export const placeAll = (pool: Queryable, placings: readonly Placing[]): Promise<Placement[]> =>
  placingStore(pool).placeAll(placings, GRACE_MS);

export const outcomes = (placements: readonly { outcome: string }[]) =>
  placements.map(({ outcome }) => outcome);

/** The id of a booking that must have been placed. */
export async function placed(
  pool: Queryable,
  quote: QuoteClaims,
  buyer: Buyer = {},
): Promise<string> {
  const placement = await place(pool, quote, buyer);
  if (placement.outcome !== 'placed') throw new Error(`not placed: ${placement.outcome}`);
  return placement.bookingId;
}

/** Sets a hold's clock back, so that it ran out long ago. */
export const lapse = (pool: Pool, bookingId: string) =>
  pool.query(`update bookings set hold_expires_at = now() - interval '1 hour' where id = $1`, [
    bookingId,
  ]);

export async function statusOf(pool: Pool, bookingId: string): Promise<string> {
  const { rows } = await pool.query('select status from bookings where id = $1', [bookingId]);
  return rows[0].status;
}

/** Facts in the outbox, in the order in which they were written. */
export async function facts(pool: Pool, subject?: string) {
  const { rows } = await pool.query(
    'select type, sequence, data from outbox where $1::text is null or subject = $1 order by position',
    [subject],
  );
  return rows as { type: string; sequence: number; data: Record<string, unknown> }[];
}

/** Slots whose counter is not the sum of their live bookings and what is kept: always none. */
export async function wrongCounters(pool: Pool) {
  const { rows } = await pool.query(
    `select s.id, s.taken, s.kept, coalesce(sum(b.places), 0)::integer as live
       from slots s
       left join bookings b on b.slot_id = s.id and b.status not in ('CANCELLED', 'EXPIRED')
      group by s.id
     having s.taken <> coalesce(sum(b.places), 0) + s.kept`,
  );
  return rows;
}

/** Keys of tests alone. */
export const manageTokens = createManageTokens(new Map([[1, Buffer.alloc(32, 7)]]));
export const sealingKey = Buffer.alloc(32, 9);
export const noTelling = () => {};
