import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { knownTokens } from '@guichet/http/known-tokens-test';
import type { Subject } from '@guichet/http/subject';
import { createKeyRing } from '@guichet/keys/key-ring';
import type { Message } from '@guichet/messaging/message';
import { ensureIndexes } from '@guichet/mongo/ensure-indexes';
import { mongoIdempotencyStore } from '@guichet/mongo/idempotency-store';
import { createMongoRelay } from '@guichet/mongo/relay';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { createMongoDatabase } from '@guichet/testing/mongo-database';
import { createApp } from './app.ts';
import { indexes } from './indexes.ts';
import { quoteKeyStore } from './keys/quote-key-store.ts';

export type Body = Record<string, unknown> & {
  id: string;
  code: string;
  quote: string;
  version: number;
};

const all = ['offerings:write', 'offerings:publish', 'organiser:write'] as const;

export const organiser = (name: string) => ({
  name,
  contactEmail: 'box-office@example.com',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr',
});

export const offering = (more: object = {}) => ({
  kind: 'event',
  title: { fr: 'Le Misanthrope', en: 'The Misanthrope' },
  description: { fr: 'Une comédie.' },
  venue: { name: 'Théâtre des Remparts', timeZone: 'Europe/Paris' },
  currency: 'EUR',
  fares: [
    { code: 'adult', name: { fr: 'Adulte' }, priceCents: 2_100 },
    { code: 'baby', name: { fr: 'Bébé' }, priceCents: 0, takesPlace: false },
  ],
  options: [
    { code: 'programme', name: { fr: 'Programme' }, priceCents: 300, per: 'booking', maximum: 4 },
    {
      code: 'signed',
      name: { fr: 'Dédicace' },
      priceCents: 500,
      per: 'booking',
      requires: ['programme'],
    },
    {
      code: 'digital',
      name: { fr: 'Version numérique' },
      priceCents: 100,
      per: 'booking',
      excludes: ['programme'],
    },
  ],
  party: { minimum: 1, maximum: 6 },
  ...more,
});

/** Whom a token stands for; each of them but the person acts for an organiser. */
const subjectsOf = (organisers: { ours: string; theirs: string }): Record<string, Subject> => ({
  person: { id: randomUUID(), kind: 'customer', permissions: [] },
  manager: { id: randomUUID(), kind: 'employee', organiserId: organisers.ours, permissions: all },
  clerk: { id: randomUUID(), kind: 'employee', organiserId: organisers.ours, permissions: [] },
  stranger: {
    id: randomUUID(),
    kind: 'employee',
    organiserId: organisers.theirs,
    permissions: all,
  },
  reservation: { id: 'reservation', kind: 'service', permissions: [] },
});

async function startServer(clock: { now: number }, verify: (token: string) => Subject | undefined) {
  const mongo = await createMongoDatabase();
  await ensureIndexes(mongo.db, indexes);
  const told: Message[] = [];
  const logger = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics({ service: 'test' });
  const relay = createMongoRelay({
    db: mongo.db,
    collections: ['organisers', 'offerings'],
    bus: { publish: async (message) => void told.push(message) },
    logger,
    metrics,
    pollMs: 20,
  });
  relay.start();
  const app = createApp({
    db: mongo.db,
    keys: createKeyRing({
      store: quoteKeyStore(mongo.db),
      sealingKey: randomBytes(32),
      now: () => clock.now,
    }),
    published: () => relay.wake(),
    logger,
    metrics,
    verifyToken: knownTokens(verify),
    idempotencyStore: mongoIdempotencyStore(mongo.db),
    now: () => clock.now,
  });
  const running = await listening(createServer(app));
  return {
    base: running.url,
    db: mongo.db,
    told,
    async close() {
      await running.close();
      await relay.stop();
      await mongo.drop();
    },
  };
}

/** A catalog with two organisers, and a token by its name for each who may ask. */
export async function startCatalog() {
  const clock = { now: Date.parse('2027-01-01T12:00:30Z') };
  const organisers = { ours: '', theirs: '' };
  let subjects = subjectsOf(organisers);
  const server = await startServer(clock, (token) => subjects[token]);

  async function send(method: string, path: string, as?: string, init: RequestInit = {}) {
    const headers = { ...(as ? { authorization: `Bearer ${as}` } : {}), ...init.headers };
    return fetch(server.base + path, { method, ...init, headers });
  }

  async function ask(method: string, path: string, as?: string, body?: unknown, headers = {}) {
    const answer = await send(method, path, as, {
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Body };
  }

  async function published(more: object = {}): Promise<string> {
    const { body } = await ask('POST', '/api/offerings', 'manager', offering(more));
    await ask('POST', `/api/offerings/${body.id}/publish`, 'manager');
    return body.id;
  }

  organisers.ours = (await ask('POST', '/api/organisers', 'person', organiser('Remparts'))).body.id;
  organisers.theirs = (await ask('POST', '/api/organisers', 'person', organiser('Autres'))).body.id;
  subjects = subjectsOf(organisers);

  return { ...server, clock, organisers, send, ask, published };
}
export type RunningCatalog = Awaited<ReturnType<typeof startCatalog>>;
