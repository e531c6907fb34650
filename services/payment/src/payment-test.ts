import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { knownTokens } from '@guichet/http/known-tokens-test';
import { ServiceProblem } from '@guichet/http/service-client';
import type { Subject } from '@guichet/http/subject';
import type { Message } from '@guichet/messaging/message';
import { mongoIdempotencyStore } from '@guichet/mongo/idempotency-store';
import { createMongoRelay } from '@guichet/mongo/relay';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { createProviderCalls } from '@guichet/telemetry/provider-calls';
import { createSecurityEvents } from '@guichet/telemetry/security-events';
import { createMongoDatabase, type TestMongo } from '@guichet/testing/mongo-database';
import { type StripeFake, startStripeFake } from '@guichet/testing/stripe/stripe-fake';
import { test as base } from 'vitest';
import { createApp } from './app.ts';
import { beginPaying } from './payments/begin-paying.ts';
import { closePayment } from './payments/close-payment.ts';
import { countPayments } from './payments/count-payments.ts';
import { ledger } from './payments/ledger.ts';
import { paymentCollection, paymentStore } from './payments/payment-store.ts';
import { intentsOf } from './provider/intents.ts';
import { createStripe } from './provider/stripe-client.ts';
import { giveBack } from './refunds/give-back.ts';
import { createReconciliation } from './webhooks/reconcile.ts';
import { takeEvent } from './webhooks/take-event.ts';

export const organiserId = '0197a6f0-0000-7000-8000-00000000000a';
export const manageToken = 'the-guest';

const subjects: Record<string, Subject> = {
  manager: { id: 'm', kind: 'employee', organiserId, permissions: ['payments:refund'] },
  clerk: { id: 'c', kind: 'employee', organiserId, permissions: ['payments:read'] },
  usher: { id: 'u', kind: 'employee', organiserId, permissions: ['boarding:write'] },
  stranger: {
    id: 's',
    kind: 'employee',
    organiserId: randomUUID(),
    permissions: ['payments:refund'],
  },
  reservation: { id: 'reservation', kind: 'service', permissions: [] },
};

const refused = (status: number, code: string, detail: string) =>
  new ServiceProblem('reservation', { type: 't', title: 'Refused', status, code, detail });

/** A booking whose attendees are still to be named. */
export const namelessBooking = '0197a6f0-0000-7000-8000-00000000000b';

/** What a booking costs, and whether it still waits to be paid. */
type Due = { amountCents: number; isPending: boolean };

/** What reservation answers about one guest's bookings; anybody else's do not exist. */
const reservationOf = (due: Due) => ({
  async call(
    { id }: { id: string },
    {
      params,
      body,
    }: {
      params: { id: string };
      body: { claimant: { manageToken?: string; organiserId?: string } };
    },
  ) {
    const { claimant } = body;
    if (claimant.manageToken !== manageToken && claimant.organiserId !== organiserId) {
      throw refused(404, 'booking_not_found', 'There is no such booking.');
    }
    if (id === 'bookingAccess') return undefined;
    if (params.id === namelessBooking) {
      throw refused(409, 'attendees_missing', 'Name the attendee of each place.');
    }
    if (!due.isPending) throw refused(409, 'booking_not_pending', 'Only what waits can be paid.');
    return {
      bookingId: params.id,
      organiserId,
      reference: 'K7MN-4PQR',
      customerId: null,
      contactEmail: 'ada@example.com',
      amountCents: due.amountCents,
      currency: 'EUR',
      holdExpiresAt: new Date().toISOString(),
    };
  },
});

const verifyToken = knownTokens((token) => subjects[token]);

async function startHouse(mongo: TestMongo) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake = await startStripeFake({
    webhookUrl: `${url}/api/webhooks/stripe`,
    webhookSecrets: ['whsec_new'],
    retryDelaysMs: [50, 100, 200],
  });

  const { db } = mongo;
  const logger = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'test' });
  const stripe = createStripe({
    secretKey: fake.secretKey,
    apiUrl: fake.url,
    calls: createProviderCalls('stripe', metrics),
  });
  const store = paymentStore(db, countPayments(metrics));
  const intents = intentsOf(stripe, logger);
  const refunds = giveBack({ store, stripe });
  const events = takeEvent({ store, intents, refunds });
  const told: Message[] = [];
  const books = ledger(db);
  const relay = createMongoRelay({
    db,
    collections: [paymentCollection],
    bus: { publish: async (message) => void told.push(message) },
    logger,
    metrics,
    beforePublish: books.record,
    pollMs: 20,
  });
  const reconciliation = createReconciliation({
    db,
    stripe,
    store,
    intents,
    refunds,
    takeEvent: events,
    logger,
    everyMs: 3_600_000,
    stuckAfterMs: 0,
  });
  const due: Due = { amountCents: 4_200, isPending: true };
  const calls = reservationOf(due) as unknown as Parameters<typeof beginPaying>[0]['reservation'];
  const app = createApp({
    store,
    beginPaying: beginPaying({ store, intents, reservation: calls }),
    closePayment: closePayment({ store, intents }),
    refunds,
    reservation: calls,
    publishableKey: fake.publishableKey,
    stripe,
    webhookSecrets: ['whsec_old', 'whsec_new'],
    takeEvent: events,
    noteSecurityEvent: createSecurityEvents({ metrics, logger }),
    verifyToken,
    idempotencyStore: mongoIdempotencyStore(db),
    logger,
    metrics,
  });
  server.on('request', app);
  relay.start();

  return {
    url,
    fake,
    db,
    due,
    store,
    intents,
    refunds,
    told,
    books,
    reconciliation,
    logger,
    metrics,
    takeEvent: events,
    beginPaying: beginPaying({ store, intents, reservation: calls }),
    closePayment: closePayment({ store, intents }),
    async close() {
      await relay.stop();
      await fake.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
export type House = Awaited<ReturnType<typeof startHouse>>;

/** `test` with payment on a database and a Stripe of its own, webhooks and all. */
export const test = base.extend<{ house: House; fake: StripeFake }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures it needs from it
  house: async ({}, use) => {
    const mongo = await createMongoDatabase();
    const house = await startHouse(mongo);
    await use(house);
    await house.close();
    await mongo.drop();
  },
  fake: async ({ house }, use) => use(house.fake),
});

/** What the answers of payment hold, problems included, as far as the tests look. */
type Answered = { id: string; provider: string; clientSecret: string; code: string };

type Asked = { as?: string; key?: string; headers?: Record<string, string> };

/** A call as a client makes it; as the guest unless it says who. */
export async function post(
  house: House,
  path: string,
  body: unknown,
  { as, key, headers }: Asked = {},
) {
  const answer = await fetch(house.url + path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      ...(as ? { authorization: `Bearer ${as}` } : { 'x-manage-token': manageToken }),
      'idempotency-key': key ?? randomUUID(),
      ...headers,
    },
  });
  return { status: answer.status, body: (await answer.json()) as Answered };
}

export const begin = (house: House, bookingId: string, asked?: Asked) =>
  post(house, '/api/payments', { bookingId, method: 'card' }, asked);

/** The card, as Stripe.js confirms it: publishable key and client secret. */
export async function payByCard(house: House, clientSecret: string, card = 'pm_card_visa') {
  const [intent] = clientSecret.split('_secret');
  const answer = await fetch(`${house.fake.url}/v1/payment_intents/${intent}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.fake.publishableKey}` },
    body: new URLSearchParams({ client_secret: clientSecret, payment_method: card }),
  });
  return answer.status;
}
