import type { login, me } from '@guichet/contracts/auth';
import type { BookingView, listBookings } from '@guichet/contracts/bookings';
import type { Answer, CallInput } from '@guichet/contracts/client';
import type { createOffering } from '@guichet/contracts/offerings';
import type { availability, createSlot, SlotAvailability } from '@guichet/contracts/slots';
import type { openRoom, RoomView } from '@guichet/contracts/waiting-rooms';
import { sleep } from 'k6';
import { ask } from './api.ts';

export type OpenSlot = { readonly offeringId: string; readonly slotId: string };

type Call = { method?: 'GET' | 'POST'; path: string; body?: unknown; token?: string };
const account = { email: __ENV.ORGANISER_EMAIL ?? '', password: __ENV.ORGANISER_PASSWORD ?? '' };

/** The organiser's own calls: one that does not succeed ends the load test. */
function call<T>({ method = 'POST', path, body, token }: Call): T {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const answer = ask({ method, path, body, headers, name: 'organiser', service: 'organiser' });
  if (answer.status >= 200 && answer.status < 300) return answer.json() as T;
  const said = String(answer.body ?? answer.error).slice(0, 300);
  throw new Error(`${method} ${path} of the organiser was answered ${answer.status}: ${said}`);
}

/** Asks again for what comes by itself, as a message does, but not for ever. */
export function eventually<T>(find: () => T | undefined, complaint: () => string): T {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = find();
    if (found !== undefined) return found;
    sleep(0.5);
  }
  throw new Error(complaint());
}

/** A token that acts for the first organiser who employs the account. */
export function signIn(): string {
  const body: CallInput<typeof login>['body'] = account;
  const tokenFor = (organiserId?: string) =>
    call<{ accessToken: string }>({
      path: '/api/auth/login',
      body: { ...body, ...(organiserId ? { organiserId } : {}) },
    }).accessToken;
  const { employments } = call<Answer<typeof me>>({
    method: 'GET',
    path: '/api/me',
    token: tokenFor(),
  });
  const [first] = employments;
  if (first) return tokenFor(first.organiserId);
  throw new Error(`${account.email} is employed by no organiser, so there is nothing to sell.`);
}

/** An offering whose one fare costs nothing that a load test would have to pay. */
export function createOfferingFor(token: string): string {
  const body: CallInput<typeof createOffering>['body'] = {
    kind: 'event',
    title: { en: `Load test of ${new Date().toISOString().slice(0, 19)}` },
    description: { en: 'Opened by a load test, and withdrawn when it ends.' },
    venue: { name: 'Load test', timeZone: 'Europe/Paris' },
    currency: 'EUR',
    fares: [{ code: 'adult', name: { en: 'Adult' }, priceCents: 2_100 }],
    party: { minimum: 1, maximum: 10 },
  };
  return call<Answer<typeof createOffering>>({ path: '/api/offerings', body, token }).id;
}

const monthMs = 30 * 24 * 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();

export function createSlotOf(token: string, offeringId: string, capacity: number): OpenSlot {
  const startsAt = Date.now() + monthMs;
  const body: CallInput<typeof createSlot>['body'] = {
    offeringId,
    startsAt: iso(startsAt),
    endsAt: iso(startsAt + 7_200_000),
    capacity,
  };
  const { id } = call<Answer<typeof createSlot>>({ path: '/api/slots', body, token });
  return { offeringId, slotId: id };
}

/** A room in front of the offering, which people may enter at once, and its sale so soon. */
export function openRoomFor(
  token: string,
  offeringId: string,
  { saleAt, expectedBuyers }: { saleAt: number; expectedBuyers: number },
): RoomView {
  const body: CallInput<typeof openRoom>['body'] = {
    offeringId,
    opensAt: iso(Date.now()),
    saleAt: iso(saleAt),
    closesAt: iso(saleAt + 3_600_000),
    order: 'first_come',
    admissionSeconds: 120,
    expectedBuyers,
  };
  return call<Answer<typeof openRoom>>({ path: '/api/waiting-rooms', body, token });
}
export const closeRoomOf = (token: string, roomId: string): unknown =>
  call({ path: `/api/waiting-rooms/${roomId}/close`, token });

export const publish = (token: string, offeringId: string): unknown =>
  call({ path: `/api/offerings/${offeringId}/publish`, token });
export const withdraw = (token: string, offeringId: string): unknown =>
  call({ path: `/api/offerings/${offeringId}/withdraw`, token });

/** What buyers are shown of the slot; nothing before reservation has heard of it. */
export function showSlot({ offeringId, slotId }: OpenSlot): SlotAvailability | undefined {
  const path = `/api/availability?offeringId=${offeringId}`;
  const answer = ask({ path, name: 'organiser', service: 'organiser' });
  if (answer.status !== 200) return undefined;
  const { items } = answer.json() as unknown as Answer<typeof availability>;
  return items.find((slot) => slot.slotId === slotId);
}

/** Every booking of the slot, page by page, as the organiser's staff see it. */
export function bookingsOf(token: string, slotId: string): BookingView[] {
  const found: BookingView[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const path = `/api/bookings?slotId=${slotId}&limit=100${more}`;
    const page: Answer<typeof listBookings> = call({ method: 'GET', path, token });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}
