import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { MessageData } from '@guichet/contracts/messages';
import { quoteClaimsSchema } from '@guichet/contracts/quotes';
import { Problem } from '@guichet/http/problem';
import type { Subject } from '@guichet/http/subject';
import { createKeyRing } from '@guichet/keys/key-ring';
import type { Message } from '@guichet/messaging/message';
import { ensureIndexes } from '@guichet/mongo/ensure-indexes';
import { mongoIdempotencyStore } from '@guichet/mongo/idempotency-store';
import { createMongoRelay } from '@guichet/mongo/relay';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { createMongoDatabase, type TestMongo } from '@guichet/testing/mongo-database';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createApp } from './app.ts';
import { indexes } from './indexes.ts';
import { quoteKeyStore } from './keys/quote-key-store.ts';

type OfferingFact = MessageData<'offering.published'>;
type Body = Record<string, unknown> & { id: string; code: string; quote: string; version: number };

const slotId = randomUUID();
const told: Message[] = [];
const clock = { now: Date.parse('2027-01-01T12:00:30Z') };
const organisers = { ours: '', theirs: '' };
const all = ['offerings:write', 'offerings:publish', 'organiser:write'] as const;
let base = '';
let db: TestMongo['db'];
let close: () => Promise<void>;

const ids = {
  person: randomUUID(),
  manager: randomUUID(),
  clerk: randomUUID(),
  stranger: randomUUID(),
};
const subjects = (): Record<string, Subject> => ({
  person: { id: ids.person, kind: 'customer', permissions: [] },
  manager: { id: ids.manager, kind: 'employee', organiserId: organisers.ours, permissions: all },
  clerk: { id: ids.clerk, kind: 'employee', organiserId: organisers.ours, permissions: [] },
  stranger: {
    id: ids.stranger,
    kind: 'employee',
    organiserId: organisers.theirs,
    permissions: all,
  },
  reservation: { id: 'reservation', kind: 'service', permissions: [] },
});

async function ask(method: string, path: string, as?: string, body?: unknown, headers = {}) {
  const answer = await fetch(base + path, {
    method,
    headers: {
      ...(as ? { authorization: `Bearer ${as}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Body };
}

const organiser = (name: string) => ({
  name,
  contactEmail: 'box-office@example.com',
  currency: 'EUR',
  timeZone: 'Europe/Paris',
  language: 'fr',
});
const offering = (more: object = {}) => ({
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

async function published(more: object = {}): Promise<string> {
  const { body } = await ask('POST', '/api/offerings', 'manager', offering(more));
  await ask('POST', `/api/offerings/${body.id}/publish`, 'manager');
  return body.id;
}
const quote = (id: string, party: object, options: object[] = [], slot: string = slotId) =>
  ask('POST', `/api/offerings/${id}/quotes`, undefined, { slotId: slot, party, options });

beforeAll(async () => {
  const mongo = await createMongoDatabase();
  db = mongo.db;
  await ensureIndexes(mongo.db, indexes);
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
    verifyToken: {
      async verify(token) {
        const subject = subjects()[token];
        if (subject) return subject;
        throw new Problem({ status: 401, code: 'invalid_token', detail: 'No.' });
      },
      forget() {},
    },
    idempotencyStore: mongoIdempotencyStore(mongo.db),
    now: () => clock.now,
  });
  const running = await listening(createServer(app));
  base = running.url;
  close = async () => {
    await running.close();
    await relay.stop();
    await mongo.drop();
  };
  organisers.ours = (await ask('POST', '/api/organisers', 'person', organiser('Remparts'))).body.id;
  organisers.theirs = (await ask('POST', '/api/organisers', 'person', organiser('Autres'))).body.id;
});
afterAll(() => close());

describe('quotes', () => {
  test('are signed, and say everything that a booking needs', async () => {
    const id = await published();
    const { body } = await quote(id, { adult: 2, baby: 1 }, [{ code: 'programme', quantity: 1 }]);
    const keys = await ask('GET', '/.well-known/quote-keys.json');

    const { payload, protectedHeader } = await compactVerify(
      body.quote,
      createLocalJWKSet(keys.body as unknown as JSONWebKeySet),
    );
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'quote+jwt' });
    expect(quoteClaimsSchema.parse(JSON.parse(Buffer.from(payload).toString()))).toMatchObject({
      org: organisers.ours,
      off: id,
      slot: slotId,
      party: { adult: 2, baby: 1 },
      places: 2,
      total: 4_500,
      exp: Date.parse('2027-01-01T12:10:00Z') / 1_000,
    });
    expect(body).toMatchObject({ totalCents: 4_500, currency: 'EUR' });
  });

  test('say whether names are asked, as the offering does at that moment', async () => {
    const id = await published();
    const asks = async () => {
      const { body } = await quote(id, { adult: 2 });
      const [, claims = ''] = body.quote.split('.');
      return JSON.parse(Buffer.from(claims, 'base64url').toString()).names;
    };

    expect(await asks()).toBe(false);
    await ask('PATCH', `/api/offerings/${id}`, 'manager', { asksNames: true });
    expect(await asks()).toBe(true);
  });

  test('have the same bytes for the same request within a minute, in whatever order it asks', async () => {
    const id = await published();
    const options = [
      { code: 'programme', quantity: 1 },
      { code: 'signed', quantity: 1 },
    ];
    const first = await quote(id, { adult: 2, baby: 1 }, options);
    clock.now += 25_000;
    const again = await quote(id, { baby: 1, adult: 2 }, options.toReversed());
    clock.now += 10_000;
    const nextMinute = await quote(id, { adult: 2, baby: 1 }, options);

    expect(again.body.quote).toBe(first.body.quote);
    expect(nextMinute.body.quote).not.toBe(first.body.quote);
  });

  test.each([
    ['party_empty', { adult: 0 }, []],
    ['party_too_large', { adult: 7 }, []],
    ['party_too_small', { baby: 1 }, []],
    ['fare_unknown', { senior: 1 }, []],
    ['option_unknown', { adult: 1 }, [{ code: 'balloon', quantity: 1 }]],
    ['option_limit', { adult: 1 }, [{ code: 'programme', quantity: 5 }]],
    ['option_requires', { adult: 1 }, [{ code: 'signed', quantity: 1 }]],
    [
      'option_excludes',
      { adult: 1 },
      [
        { code: 'programme', quantity: 1 },
        { code: 'digital', quantity: 1 },
      ],
    ],
  ])('are refused with %s, in words', async (code, party, options) => {
    const refused = await quote(await published(), party, options);

    expect(refused).toMatchObject({ status: 422, body: { code } });
    expect(String(refused.body.detail).length).toBeGreaterThan(10);
  });

  test('are refused for what is unknown, a draft, or withdrawn', async () => {
    const draft = (await ask('POST', '/api/offerings', 'manager', offering())).body.id;
    const gone = await published();
    await ask('POST', `/api/offerings/${gone}/withdraw`, 'manager');

    expect(await quote(randomUUID(), { adult: 1 })).toMatchObject({ status: 404 });
    expect(await quote(draft, { adult: 1 })).toMatchObject({ status: 404 });
    expect(await quote(gone, { adult: 1 })).toMatchObject({
      status: 409,
      body: { code: 'offering_withdrawn' },
    });
  });

  test.each([
    ['a party of fractions', { party: { adult: 1.5 } }],
    ['a party of words', { party: { adult: 'two' } }],
    ['an unknown field', { party: { adult: 1 }, discount: 100 }],
    ['no slot', { slotId: undefined, party: { adult: 1 } }],
  ])('are refused for %s as 400', async (_, body) => {
    const id = await published();
    const refused = await ask('POST', `/api/offerings/${id}/quotes`, undefined, {
      slotId,
      ...body,
    });

    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('organisers are kept apart', () => {
  test.each([
    ['GET', '', undefined],
    ['PATCH', '', { title: { en: 'Mine now' } }],
    ['POST', '/publish', undefined],
    ['POST', '/withdraw', undefined],
  ])('%s %s of another’s draft finds nothing', async (method, tail, body) => {
    const draft = (await ask('POST', '/api/offerings', 'manager', offering())).body.id;

    expect(await ask(method, `/api/offerings/${draft}${tail}`, 'stranger', body)).toMatchObject({
      status: 404,
      body: { code: 'offering_not_found' },
    });
  });

  test('a role without the permission, and nobody at all, cannot write', async () => {
    expect((await ask('POST', '/api/offerings', 'clerk', offering())).status).toBe(403);
    expect((await ask('POST', '/api/offerings', 'person', offering())).status).toBe(403);
    expect((await ask('POST', '/api/offerings', undefined, offering())).status).toBe(401);
  });

  test('what services ask each other is for services', async () => {
    const id = await published();

    expect((await ask('GET', `/internal/offerings/${id}`, 'manager')).status).toBe(403);
    expect((await ask('GET', `/internal/offerings/${id}`, 'reservation')).status).toBe(200);
  });

  test('an organiser is changed by its own admin alone', async () => {
    const path = `/api/organisers/${organisers.ours}`;

    expect((await ask('PATCH', path, 'stranger', { name: 'Taken over' })).status).toBe(404);
    expect(await ask('PATCH', path, 'manager', { name: 'Les Remparts' })).toMatchObject({
      status: 200,
      body: { name: 'Les Remparts', currency: 'EUR' },
    });
  });
});

describe('an offering', () => {
  test('is a draft, then published, then withdrawn, each told with a later version', async () => {
    const id = await published();
    await ask('PATCH', `/api/offerings/${id}`, 'manager', { termsVersion: '2' });
    await ask('POST', `/api/offerings/${id}/withdraw`, 'manager');

    await vi.waitFor(() => {
      const facts = told.filter(({ subject }) => subject === id);
      expect(facts.map(({ type }) => type)).toEqual([
        'offering.published',
        'offering.published',
        'offering.withdrawn',
      ]);
      const versions = facts.map(({ sequence }) => sequence);
      expect(versions).toEqual([...versions].sort((a, b) => a - b));
      expect(new Set(versions).size).toBe(3);
    }, 20_000);
  });

  test('says whether it asks for names, also one that was written before that could be asked', async () => {
    const asking = await published({ asksNames: true });
    const silent = await published();
    await db
      .collection<{ _id: string }>('offerings')
      .updateOne({ _id: silent }, { $unset: { asksNames: '' } });
    const shown = async (id: string) => (await ask('GET', `/api/offerings/${id}`)).body.asksNames;

    expect(await shown(asking)).toBe(true);
    expect(await shown(silent)).toBe(false);
    expect((await quote(silent, { adult: 1 })).status).toBe(200);
    // A change keeps what it does not name, and the fact says it.
    await ask('PATCH', `/api/offerings/${asking}`, 'manager', { termsVersion: '2' });
    await vi.waitFor(() => {
      const facts = told.filter(({ subject }) => subject === asking);
      expect(facts.map(({ data }) => (data as OfferingFact).offering.asksNames)).toEqual([
        true,
        true,
      ]);
    }, 20_000);
  });

  test.each([
    [
      'an option that requires what there is not',
      {
        options: [{ code: 'a', name: { en: 'A' }, priceCents: 1, per: 'booking', requires: ['b'] }],
      },
    ],
    [
      'two fares of one code',
      { fares: [0, 1].map(() => ({ code: 'adult', name: { en: 'A' }, priceCents: 1 })) },
    ],
    [
      'no fare that takes a place',
      { fares: [{ code: 'baby', name: { en: 'B' }, priceCents: 0, takesPlace: false }] },
    ],
    [
      'names of more people than one booking can name',
      { asksNames: true, party: { minimum: 1, maximum: 200 } },
    ],
    ['a minimum above its maximum', { party: { minimum: 5, maximum: 2 } }],
    ['a currency that is not the organiser’s', { currency: 'CHF' }],
  ])('with %s is refused, in words', async (_, more) => {
    expect(await ask('POST', '/api/offerings', 'manager', offering(more))).toMatchObject({
      status: 422,
      body: { code: 'offering_invalid' },
    });
  });

  test('is made once for one key, and the key is good for that alone', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const make = (more: object = {}) =>
      ask('POST', '/api/offerings', 'manager', offering(more), key);
    const [first, again] = [await make(), await make()];

    expect(first.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(await make({ kind: 'course' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('is found by kind, words and page, and never as a draft by others', async () => {
    const title = { en: `Zanzibar ${randomUUID().slice(0, 8)}` };
    const ids = [await published({ title }), await published({ title })];
    await ask('POST', '/api/offerings', 'manager', offering({ title }));
    const words = encodeURIComponent(title.en);
    const page = await ask('GET', `/api/offerings?kind=event&q=${words}&limit=1`);
    const rest = await ask('GET', `/api/offerings?q=${words}&cursor=${page.body.nextCursor}`);
    const found = [page, rest].flatMap(({ body }) => body.items as { id: string }[]);

    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect((await ask('GET', `/api/offerings?kind=ride&q=${words}`)).body.items).toEqual([]);
    expect(
      (await ask('GET', `/api/offerings?mine=true&q=${words}`, 'manager')).body.items,
    ).toHaveLength(3);
  });
});
