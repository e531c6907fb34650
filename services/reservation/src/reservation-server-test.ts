import { createServer } from 'node:http';
import { newId } from '@guichet/contracts/ids';
import { admissionIdHeader } from '@guichet/contracts/lines';
import { builtInRoles, type Permission } from '@guichet/contracts/permissions';
import type { QuoteClaims } from '@guichet/contracts/quotes';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createApp } from './app.ts';
import { settings } from './config.ts';
import { type ClosePayment, runFence } from './holds/run-fence.ts';
import { createLiveFeeds } from './live/live-feeds.ts';
import type { KnownOffering } from './offerings/offering-store.ts';
import { startPassPages } from './passes/pass-pages.ts';
import { createPassSigners } from './passes/pass-signer.ts';
import { keptQuoteKeys } from './quotes/kept-quote-keys.ts';
import { createQuoteKeys } from './quotes/quote-keys.ts';
import { verifyQuote } from './quotes/verify-quote.ts';
import {
  GRACE_MS,
  manageTokens,
  noTelling,
  sealingKey,
  test as withDatabase,
} from './reservation-test.ts';
import { listAvailability } from './slots/list-availability.ts';
import type { AskQuote } from './waiting-list/ask-quote.ts';
import { measureWaitingList } from './waiting-list/measure-waiting-list.ts';

const issuer = 'http://guichet.test';
const logger = createLogger({ service: 'test', level: 'silent' });

async function signingKey(typ: string) {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: typ, alg: 'EdDSA' };
  const sign = (claims: object) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: typ, typ }).sign(privateKey);
  return { jwks: { keys: [jwk] }, sign };
}

type Answer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever was answered
  body: any;
  text: string;
  headers: Headers;
};
export type Ask = {
  token?: string | undefined;
  manageToken?: string | undefined;
  key?: string | undefined;
  /** As the gateway says it of whoever was let in. */
  admissionId?: string | undefined;
  json?: unknown;
  raw?: { type: string; text: string | Uint8Array };
  accept?: string;
};

/** Calls over HTTP and reads whatever comes back. */
const askOf =
  (base: string) =>
  async (method: string, path: string, given: Ask = {}): Promise<Answer> => {
    const body = given.raw?.text ?? (given.json === undefined ? null : JSON.stringify(given.json));
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
        ...(given.manageToken ? { 'x-manage-token': given.manageToken } : {}),
        ...(given.admissionId ? { [admissionIdHeader]: given.admissionId } : {}),
        ...(given.key ? { 'idempotency-key': given.key } : {}),
        ...(body === null ? {} : { 'content-type': given.raw?.type ?? 'application/json' }),
        ...(given.accept ? { accept: given.accept } : {}),
      },
      body: body as string | null,
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const parsed = isJson && text ? JSON.parse(text) : undefined;
    return { status: response.status, body: parsed, text, headers: response.headers };
  };

/** reservation over HTTP, as it runs, on a database of its own; catalog and payment as told. */
async function startReservation(pool: Pool) {
  const accessKey = await signingKey('at+jwt');
  const quoteKey = await signingKey('quote+jwt');
  const jwks = await listening(createServer((_, res) => res.end(JSON.stringify(accessKey.jwks))));
  const offerings = new Map<string, KnownOffering>();
  const outside = {
    closePayment: (async () => 'closed') as ClosePayment,
    askCatalog: async (id: string) => offerings.get(id),
    askOrganiser: async (id: string) => ({ id, name: 'La Lanterne', version: 1 }),
    askQuote: (async () => {
      throw new Error('no test has said what is answered');
    }) as AskQuote,
  };
  const passPages = startPassPages();
  const fetchKeys = async () => quoteKey.jwks;
  const { keyOf, stop } = createQuoteKeys({
    ...keptQuoteKeys({ pool, fetchKeys, logger }),
    logger,
  });
  const common = { pool, graceMs: GRACE_MS, told: noTelling, logger };

  const clock = { aheadMs: 0 };
  const { settings: fixed, live } = defaults();
  const metrics = createMetrics({ service: 'reservation' });
  const liveFeeds = createLiveFeeds({
    listAvailability: listAvailability({
      pool,
      live: () => live,
    }),
    mostListeners: 3,
    logger,
    metrics,
    lookMs: 20,
    beatMs: 300,
  });
  liveFeeds.start();

  const app = createApp({
    ...common,
    settings: fixed,
    live: () => live,
    verifyQuote: verifyQuote({ keyOf, now: () => Date.now() + clock.aheadMs }),
    manageTokens,
    passSigners: createPassSigners({ pool, sealingKey }),
    runFence: runFence({ ...common, closePayment: (...asked) => outside.closePayment(...asked) }),
    askCatalog: (id) => outside.askCatalog(id),
    askOrganiser: (id) => outside.askOrganiser(id),
    askQuote: (asked) => outside.askQuote(asked),
    measureWaitingList: measureWaitingList({ pool, metrics }),
    drawPasses: passPages.draw,
    liveFeeds,
    metrics,
    verifyToken: createTokenVerifier({ jwksUrl: jwks.url, issuer, audience: 'guichet' }),
    idempotencyStore: postgresIdempotencyStore(pool),
  });
  const server = await listening(createServer(app));

  const token = (claims: object) =>
    accessKey.sign({
      iss: issuer,
      aud: 'guichet',
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 300,
      ...claims,
    });

  return {
    url: server.url,
    ask: askOf(server.url),
    liveFeeds,
    metrics,
    offerings,
    outside,
    /** Live settings, for tests that change one. */
    live,
    /** How late it is for quotes, for tests of what has expired meanwhile. */
    clock,
    quote: (claims: QuoteClaims) => quoteKey.sign(claims),
    token,
    customer: (id = newId()) => token({ sub: id, kind: 'customer' }),
    service: () => token({ sub: 'payment', kind: 'service' }),
    staff: (organiserId: string, permissions: readonly Permission[] = builtInRoles.admin) =>
      token({ sub: newId(), kind: 'employee', org: organiserId, permissions }),
    async close() {
      stop();
      await Promise.all([liveFeeds.stop(), passPages.stop()]);
      await Promise.all([server.close(), jwks.close()]);
    },
  };
}
export type Reservation = Awaited<ReturnType<typeof startReservation>>;

/** The settings as they are unless somebody sets them. */
function defaults() {
  const {
    holdMs,
    holdGraceMs,
    extensionMs,
    paymentGrantMs,
    longestHoldMs,
    fewLeftPercent,
    availabilityKeptMs,
    queueBudgetMs,
  } = settings.shape;
  return {
    settings: {
      holdGraceMs: holdGraceMs.parse(undefined),
      extensionMs: extensionMs.parse(undefined),
      paymentGrantMs: paymentGrantMs.parse(undefined),
      longestHoldMs: longestHoldMs.parse(undefined),
      importMostSlots: 200,
      waitingListMost: 3,
    },
    live: {
      holdMs: holdMs.parse(undefined),
      fewLeftPercent: fewLeftPercent.parse(undefined),
      availabilityKeptMs: availabilityKeptMs.parse(undefined),
      queueBudgetMs: queueBudgetMs.parse(undefined),
    },
  };
}

/** `test` with reservation served over HTTP. */
export const test = withDatabase.extend<{ reservation: Reservation }>({
  reservation: async ({ pool }, use) => {
    const reservation = await startReservation(pool);
    await use(reservation);
    await reservation.close();
  },
});
