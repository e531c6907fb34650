import { createServer } from 'node:http';
import { newId } from '@guichet/contracts/ids';
import { builtInRoles, type Permission } from '@guichet/contracts/permissions';
import { createTokenVerifier } from '@guichet/http/verify-token';
import { postgresIdempotencyStore } from '@guichet/postgres/idempotency-store';
import type { Pool } from '@guichet/postgres/pool';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createApp } from './app.ts';
import { drawLine } from './draw/draw-line.ts';
import { createKeeper, type DrawLine } from './keeper/keeper.ts';
import { createBook } from './line/book.ts';
import { createDatabaseClock } from './line/database-clock.ts';
import type { Line } from './line/line.ts';
import { createLineFeeds } from './line/line-feeds.ts';
import { connectLineNews, noNews } from './line/line-news.ts';
import { createRefusals } from './networks/refusals.ts';
import type { AskOffering, AskPace, Pace } from './rooms/ask-others.ts';
import { lineTokenKeys, sealingKey, test as withDatabase } from './waiting-room-test.ts';

const issuer = 'http://guichet.test';

export const aPace: Pace = {
  placesLeft: 500,
  capacity: 500,
  held: 0,
  bookings: 0,
  onSaleAt: null,
  queueAgeMs: 0,
};

type Answer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever was answered
  body: any;
  headers: Headers;
};
export type Ask = {
  token?: string | undefined;
  turn?: string | undefined;
  json?: unknown;
  from?: string;
};

const askOf =
  (base: string) =>
  async (method: string, path: string, { token, turn, json, from }: Ask = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, base), {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(turn ? { 'x-turn': turn } : {}),
        ...(from ? { 'x-forwarded-for': from } : {}),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : undefined,
      headers: response.headers,
    };
  };

/** Access tokens, as identity would sign them. */
async function startIdentity() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'at', alg: 'EdDSA' };
  const server = await listening(
    createServer((_, res) => res.end(JSON.stringify({ keys: [jwk] }))),
  );
  const token = (claims: object) =>
    new SignJWT({
      iss: issuer,
      aud: 'guichet',
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'at', typ: 'at+jwt' })
      .sign(privateKey);
  return { jwksUrl: server.url, token, close: server.close };
}

export type ReplicaOptions = {
  /** None: each replica asks the database. */
  valkeyUrl?: string;
  lookMs?: number;
  tickMs?: number;
  leaseMs?: number;
  mostListeners?: number;
};

/** One replica of the waiting room over HTTP; catalog and reservation as told. */
export async function startReplica(
  pool: Pool,
  identity: Awaited<ReturnType<typeof startIdentity>>,
  { valkeyUrl, lookMs = 20, tickMs = 50, leaseMs = 500, mostListeners = 3 }: ReplicaOptions = {},
) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'waiting-room' });
  const organisers = new Map<string, string>();
  const outside = {
    organisers,
    askOffering: (async (id) => {
      const organiserId = organisers.get(id);
      return organiserId === undefined ? undefined : { organiserId };
    }) as AskOffering,
    askPace: (async () => aPace) as AskPace,
    drawLine: drawLine({ pool, sealingKey }) as DrawLine,
  };
  const live = { latencyBudgetMs: 250, mostPerSecond: 200, joinsPerBlock: 600 };
  const clock = createDatabaseClock();
  const hear = (line: Line) => book.hear(line);
  const onRooms = () => book.wake();
  const news = valkeyUrl
    ? connectLineNews({ url: valkeyUrl, answerMs: 2_000, logger, metrics, onLine: hear, onRooms })
    : noNews;
  const book = createBook({ pool, clock, isFlowing: () => news.isFlowing, logger, lookMs });
  const lineFeeds = createLineFeeds({ book, mostListeners, metrics, everyMs: 20, beatMs: 300 });
  const keeper = createKeeper({
    pool,
    id: newId(),
    askPace: (...asked) => outside.askPace(...asked),
    drawLine: (...asked) => outside.drawLine(...asked),
    live: () => live,
    onLine(line) {
      book.hear(line);
      news.tell(line);
    },
    leaseMs,
    tickMs,
    logger,
    metrics,
  });
  const refusals = createRefusals({ pool, metrics, logger });
  const app = createApp({
    pool,
    book,
    lineFeeds,
    askOffering: (...asked) => outside.askOffering(...asked),
    askPace: (...asked) => outside.askPace(...asked),
    sealingKey,
    lineTokenKeys,
    valkey: news.valkey,
    refusals,
    live: () => live,
    told() {},
    changed() {
      book.wake();
      news.tellRooms();
    },
    logger,
    metrics,
    verifyToken: createTokenVerifier({ jwksUrl: identity.jwksUrl, issuer, audience: 'guichet' }),
    idempotencyStore: postgresIdempotencyStore(pool),
  });
  await book.look();
  book.start();
  lineFeeds.start();
  const server = await listening(createServer(app));

  return {
    url: server.url,
    ask: askOf(server.url),
    book,
    keeper,
    lineFeeds,
    metrics,
    news,
    refusals,
    outside,
    /** Live settings, for tests that change one. */
    live,
    async valueOf(name: string): Promise<number | undefined> {
      return (await metrics.registry.getSingleMetric(name)?.get())?.values[0]?.value;
    },
    async close() {
      await keeper.stop().catch(() => {});
      lineFeeds.stop();
      await book.stop();
      news.close();
      await server.close();
    },
  };
}
export type Replica = Awaited<ReturnType<typeof startReplica>>;

/** `test` with one replica, and a way to start others beside it. */
export const test = withDatabase.extend<{
  identity: Awaited<ReturnType<typeof startIdentity>>;
  start: (options?: ReplicaOptions) => Promise<Replica>;
  replica: Replica;
  staff: (organiserId: string, permissions?: readonly Permission[]) => Promise<string>;
  service: () => Promise<string>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures it needs from it
  identity: async ({}, use) => {
    const identity = await startIdentity();
    await use(identity);
    await identity.close();
  },
  start: async ({ pool, identity }, use) => {
    const started: Replica[] = [];
    await use(async (options) => {
      const replica = await startReplica(pool, identity, options);
      started.push(replica);
      return replica;
    });
    await Promise.all(started.map((replica) => replica.close()));
  },
  replica: async ({ start }, use) => use(await start()),
  staff: async ({ identity }, use) =>
    use((organiserId, permissions = builtInRoles.admin) =>
      identity.token({ sub: newId(), kind: 'employee', org: organiserId, permissions }),
    ),
  service: async ({ identity }, use) =>
    use(() => identity.token({ sub: 'gateway', kind: 'service' })),
});
