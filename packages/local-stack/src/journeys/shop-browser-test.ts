import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test as base, type Look } from '@guichet/browser/browser-test';
import { register } from '@guichet/contracts/auth';
import { type BookingView, listBookings } from '@guichet/contracts/bookings';
import { type Answer, type CallInput, type Client, createClient } from '@guichet/contracts/client';
import { joinLine, roomOfOffering } from '@guichet/contracts/lines';
import { getOffering } from '@guichet/contracts/offerings';
import { getPayment } from '@guichet/contracts/payments';
import { inLanguage, type Language } from '@guichet/contracts/shapes';
import { availability, changeSlot } from '@guichet/contracts/slots';
import { openRoom, type RoomView } from '@guichet/contracts/waiting-rooms';
import pg from 'pg';
import { inject } from 'vitest';
import type { Credentials } from '../demo/sign-in.ts';
import { eventually } from '../e2e/eventually.ts';
import { createGuest, type Guest } from '../e2e/guest.ts';
import { addSlot, type OpenSlot, openSlot, remaining, signInStaff } from '../e2e/organiser.ts';
import { askStandIn, chargesOf, intentsOf } from '../e2e/stripe-books.ts';
import { type Buyer, buyer } from './buyer.ts';
import type {} from './page-stack.ts';

type Account = { email: string; password: string };
/** Nobody else's. */
export const newAccount = (): Account => ({
  email: `ada.${randomUUID().slice(0, 8)}@example.com`,
  password: 'a small ticket window',
});
type OpenRoomGiven = Partial<CallInput<typeof openRoom>['body']> & { saleInMs?: number };
type OpenSlotGiven = Partial<Parameters<typeof openSlot>[2]>;

/** The run’s stack, seen by who sells there: what the page says is asked of the API too. */
export type Shop = {
  gateway: string;
  /** The page’s own origin, and the stand-in’s of whoever is paid. */
  origins: string[];
  api: Client;
  staff: Credentials;
  /** Somebody who buys without a page. */
  guest: Guest;
  /** Somebody with an account. */
  customer: Account;
  register(account: Account): Promise<void>;
  openSlot(given?: OpenSlotGiven): Promise<OpenSlot>;
  addSlot(slot: OpenSlot, given: { capacity: number; startsInHours: number }): Promise<OpenSlot>;
  /** A waiting room in front of a slot’s offering, in which one may wait at once. */
  openRoom(slot: OpenSlot, given?: OpenRoomGiven): Promise<RoomView>;
  /** Somebody else’s place in its line, taken without a page. */
  joinLine(slot: OpenSlot): Promise<Answer<typeof joinLine>>;
  titleOf(slot: OpenSlot, language?: Language): Promise<string>;
  /** The day of a slot where it happens, `2027-03-28`. */
  dayOf(slot: OpenSlot): Promise<string>;
  remaining(slot: OpenSlot): Promise<number>;
  changeCapacity(slot: OpenSlot, capacity: number): Promise<void>;
  /** Every booking of a slot, whatever became of it. */
  bookingsOf(slot: OpenSlot): Promise<BookingView[]>;
  /** How often money was taken for a booking. */
  timesPaid(bookingId: string): Promise<number>;
  untilRefunded(bookingId: string): Promise<void>;
  /** Lets a hold end so soon: in the database, since nobody waits for ten minutes. */
  shortenHold(bookingId: string, ms: number): Promise<void>;
  /** What the stand-in does wrong, once, with the payment of a booking. */
  breakStripe(bookingId: string, fault: object): Promise<void>;
};

const createShop = async (): Promise<Shop & { end(): Promise<void> }> => {
  const { stack, secrets } = inject('stack');
  const { gateway } = stack;
  const api = createClient({ baseUrl: gateway, fetch });
  const staff = await signInStaff(api, stack.accounts.admin);
  const databaseUrl = new URL(stack.backing.postgres.url);
  databaseUrl.pathname = '/guichet_reservation';
  const pool = new pg.Pool({ connectionString: databaseUrl.href, max: 1 });
  const books = { stack: { stack, secrets } };
  return {
    gateway,
    origins: [gateway, new URL(stack.stripe.api).origin],
    api,
    staff,
    guest: createGuest(api, stack),
    customer: stack.accounts.customer,
    register: async (account) => {
      const person = { firstName: 'Ada', lastName: 'Lovelace', language: 'en' } as const;
      await api.call(register, { body: { ...account, ...person } });
    },
    openSlot: (given) => openSlot(api, staff, { capacity: 20, ...given }),
    addSlot: (slot, given) => addSlot(api, staff, slot, given),
    openRoom: ({ offeringId }, { saleInMs = 3_600_000, ...given } = {}) =>
      api.call(openRoom, {
        ...staff,
        body: {
          offeringId,
          opensAt: new Date(Date.now() - 1_000).toISOString(),
          saleAt: new Date(Date.now() + saleInMs).toISOString(),
          closesAt: new Date(Date.now() + 7_200_000).toISOString(),
          order: 'first_come',
          turnsPerAddress: 1_000,
          expectedBuyers: 100,
          ...given,
        },
      }),
    joinLine: async ({ offeringId }) => {
      const found = await api.call(roomOfOffering, { params: { id: offeringId } });
      if (!found.room) throw new Error('There is no waiting room.');
      const { visit, room } = found;
      // Nobody reads a page and joins within its first second.
      await sleep(1_500);
      return api.call(joinLine, { params: { id: room.id }, body: { visit } });
    },
    titleOf: async ({ offeringId }, language = 'en') => {
      const { title } = await api.call(getOffering, { params: { id: offeringId } });
      return inLanguage(title, language);
    },
    dayOf: async ({ offeringId, slotId }) => {
      const { items } = await api.call(availability, { query: { offeringId } });
      const startsAt = items.find((slot) => slot.slotId === slotId)?.startsAt ?? '';
      return new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Paris', dateStyle: 'short' }).format(
        new Date(startsAt),
      );
    },
    remaining: (slot) => remaining(api, slot),
    changeCapacity: async ({ slotId }, capacity) =>
      void (await api.call(changeSlot, { ...staff, params: { id: slotId }, body: { capacity } })),
    bookingsOf: async ({ slotId }) =>
      (await api.call(listBookings, { ...staff, query: { slotId } })).items,
    timesPaid: async (bookingId) => (await chargesOf(books, bookingId)).length,
    untilRefunded: (bookingId) =>
      eventually(async () => {
        const { status } = await api.call(getPayment, { params: { id: bookingId }, ...staff });
        if (status !== 'refunded') throw new Error(`It is ${status}.`);
      }),
    shortenHold: async (bookingId, ms) =>
      void (await pool.query(
        `update bookings
            set hold_expires_at = now() + $2 * interval '1 millisecond'
          where id = $1`,
        [bookingId, ms],
      )),
    breakStripe: async (bookingId, fault) => {
      const [intent] = await intentsOf(books, bookingId);
      await askStandIn(books, '/faults', { ...fault, object: intent?.id, times: 1 });
    },
    end: () => pool.end(),
  };
};

export type BuyerLook = Partial<Omit<Look, 'language'>> & { language?: Language };

/** `test` with the run’s shop, and people who come to its page. */
export const test = base.extend<{
  shop: Shop;
  /** Opens the page for somebody new, on a phone unless it says otherwise. */
  openBuyer(look?: BuyerLook): Promise<Buyer>;
}>({
  shop: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixture’s needs from it
    async ({}, use) => {
      const shop = await createShop();
      await use(shop);
      await shop.end();
    },
    { scope: 'file' },
  ],
  openBuyer: async ({ shop, openPage }, use) => {
    await use(async ({ language = 'en', ...look } = {}) => {
      const page = await openPage({ origins: shop.origins, screen: 'phone', language, ...look });
      return buyer(page, { gateway: shop.gateway, language });
    });
  },
});
