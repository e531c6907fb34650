import { randomUUID } from 'node:crypto';
import { newId } from '@guichet/contracts/ids';
import { withdrawOffering } from '@guichet/contracts/offerings';
import { changeSlot } from '@guichet/contracts/slots';
import Stripe from 'stripe';
import { expect } from 'vitest';
import { type Asked, expectRefusals } from './expect-refusals.ts';
import { type OpenSlot, openSlot, remaining } from './organiser.ts';
import type { World } from './world.ts';

const place = (quote: unknown, key: string = randomUUID()): Asked => ({
  path: '/api/bookings',
  headers: { 'idempotency-key': key },
  body: { quote },
});

const tampered = (quote: string): string => {
  const [header = '', claims = '', signature = ''] = quote.split('.');
  const cheaper = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), total: 1 };
  return [header, Buffer.from(JSON.stringify(cheaper)).toString('base64url'), signature].join('.');
};

const quoteFor = ({ offeringId, slotId }: OpenSlot, changes: object): Asked => ({
  path: `/api/offerings/${offeringId}/quotes`,
  body: { slotId, party: { adult: 1 }, ...changes },
});

export const refusesWhatIsNoRequest = async (world: World): Promise<void> => {
  const key = { 'idempotency-key': randomUUID() };
  const bookings = { path: '/api/bookings', headers: key };
  await expectRefusals(world, [
    ['no JSON', { ...bookings, body: '{"quote":' }, 400, 'malformed_json'],
    [
      'an unknown field',
      { ...bookings, body: { quote: 'x'.repeat(30), price: 1 } },
      400,
      'invalid_request',
    ],
    ['a wrong type', { ...bookings, body: { quote: 7 } }, 400, 'invalid_request'],
    ['too much', { ...bookings, body: { quote: 'x'.repeat(100_000) } }, 413, 'body_too_large'],
    [
      'no key',
      { path: '/api/bookings', body: { quote: 'x'.repeat(30) } },
      400,
      'idempotency_key_required',
    ],
    ['an unknown route', { path: '/api/unicorns' }, 404, 'route_not_found'],
    ['an inner route', { path: `/internal/offerings/${newId()}` }, 404, 'route_not_found'],
    [
      'a forged token',
      { path: '/api/me', headers: { authorization: 'Bearer a.b.c' } },
      401,
      'invalid_token',
    ],
    ['no token', { path: '/api/me' }, 401, 'authentication_required'],
  ]);
};

export const refusesWhatDoesNotExist = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 5 });
  const quote = await guest.quote(slot);
  const [own, other] = [await guest.place(quote), await guest.place(quote)];
  const elsewhere = await guest.quote({ ...slot, slotId: newId() });
  const show = (id: string, manageToken: string): Asked => ({
    path: `/api/bookings/${id}`,
    headers: { 'x-manage-token': manageToken },
  });

  await expectRefusals(world, [
    ['an unknown offering', { path: `/api/offerings/${newId()}` }, 404, 'offering_not_found'],
    ['an unknown slot', place(elsewhere), 404, 'slot_not_found'],
    ['an unknown booking', show(newId(), own.manageToken), 404, 'booking_not_found'],
    ['another’s booking', show(other.id, own.manageToken), 404, 'booking_not_found'],
    [
      'another’s payment',
      { ...show('', own.manageToken), path: `/api/payments/${other.id}` },
      404,
      'payment_not_found',
    ],
  ]);
};

export const refusesQuotesThatDoNotHold = async (world: World): Promise<void> => {
  const { api, guest, staff } = world;
  const [slot, another, gone, full, closed] = (await Promise.all(
    [5, 5, 5, 1, 5].map((capacity) => openSlot(api, staff, { capacity })),
  )) as [OpenSlot, OpenSlot, OpenSlot, OpenSlot, OpenSlot];
  const quote = await guest.quote(slot);
  const withdrawn = await guest.quote(gone);
  await api.call(withdrawOffering, { ...staff, params: { id: gone.offeringId } });
  const soldOut = await guest.quote(full);
  await guest.place(soldOut);
  const shut = await guest.quote(closed);
  await api.call(changeSlot, {
    ...staff,
    params: { id: closed.slotId },
    body: { status: 'closed' },
  });
  const key = randomUUID();
  await guest.place(quote, { key });

  await expectRefusals(world, [
    ['a forged quote', place(`${'x'.repeat(30)}.y.z`), 422, 'quote_invalid'],
    ['an altered quote', place(tampered(quote)), 422, 'quote_invalid'],
    [
      'another offering’s slot',
      place(await guest.quote({ ...slot, slotId: another.slotId })),
      422,
      'quote_mismatch',
    ],
    ['a withdrawn offering', place(withdrawn), 409, 'offering_withdrawn'],
    ['a full slot', place(soldOut), 409, 'sold_out'],
    ['a closed slot', place(shut), 409, 'slot_closed'],
    ['the key with another body', place(shut, key), 422, 'idempotency_key_reused'],
    ['nobody', quoteFor(slot, { party: {} }), 422, 'party_empty'],
    ['too many', quoteFor(slot, { party: { adult: 11 } }), 422, 'party_too_large'],
    ['an unknown fare', quoteFor(slot, { party: { king: 1 } }), 422, 'fare_unknown'],
    [
      'an unknown option',
      quoteFor(slot, { options: [{ code: 'tea', quantity: 1 }] }),
      422,
      'option_unknown',
    ],
  ]);
  expect(await remaining(api, slot)).toBe(4);
};

export const refusesWhoIsNotStripe = async (world: World): Promise<void> => {
  const payload = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'payment_intent.succeeded',
  });
  const secret = world.stack.secrets.stripeWebhookSecret;
  const old = Math.floor(Date.now() / 1_000) - 301;
  const webhook = (signature: string): Asked => ({
    path: '/api/webhooks/stripe',
    headers: { 'stripe-signature': signature },
    body: payload,
  });
  const sign = (changes: object) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, ...changes });

  await expectRefusals(world, [
    ['another secret', webhook(sign({ secret: 'whsec_other' })), 400, 'signature_invalid'],
    ['an old signature', webhook(sign({ timestamp: old })), 400, 'signature_invalid'],
  ]);
};

export const refusesBadTimetables = async (world: World): Promise<void> => {
  const { api, staff } = world;
  const slot = await openSlot(api, staff, { capacity: 5 });
  const upload = (type: string, body: string): Asked => ({
    path: `/api/slots/import?offeringId=${slot.offeringId}&capacity=5`,
    headers: { ...staff, 'content-type': type },
    body,
  });
  const good = '2031-05-01T20:00:00Z,2031-05-01T22:00:00Z,50';
  const bad = '2031-05-02T20:00:00Z,yesterday,50';
  const head = 'starts_at,ends_at,capacity';

  await expectRefusals(world, [
    ['a bad row', upload('text/csv', [head, good, bad].join('\n')), 422, 'import_invalid'],
    ['no calendar', upload('text/calendar', 'BEGIN:NONSENSE'), 422, 'import_unreadable'],
  ]);
  const answer = await fetch(
    new URL(`/api/availability?offeringId=${slot.offeringId}`, world.stack.stack.gateway),
  );
  expect(((await answer.json()) as { items: unknown[] }).items).toHaveLength(1);
};
