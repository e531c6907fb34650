import { randomUUID } from 'node:crypto';
import type { MessageData } from '@guichet/contracts/messages';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { offering, type RunningCatalog, startCatalog } from './catalog-test.ts';

type OfferingFact = MessageData<'offering.published'>;

const slotId = randomUUID();
let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.close());

const ask: RunningCatalog['ask'] = (...call) => catalog.ask(...call);
const published = (more: object = {}) => catalog.published(more);
const quote = (id: string, party: object, options: object[] = [], slot: string = slotId) =>
  ask('POST', `/api/offerings/${id}/quotes`, undefined, { slotId: slot, party, options });

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
    const path = `/api/organisers/${catalog.organisers.ours}`;

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
      const facts = catalog.told.filter(({ subject }) => subject === id);
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
    await catalog.db
      .collection<{ _id: string }>('offerings')
      .updateOne({ _id: silent }, { $unset: { asksNames: '' } });
    const shown = async (id: string) => (await ask('GET', `/api/offerings/${id}`)).body.asksNames;

    expect(await shown(asking)).toBe(true);
    expect(await shown(silent)).toBe(false);
    expect((await quote(silent, { adult: 1 })).status).toBe(200);
    // A change keeps what it does not name, and the fact says it.
    await ask('PATCH', `/api/offerings/${asking}`, 'manager', { termsVersion: '2' });
    await vi.waitFor(() => {
      const facts = catalog.told.filter(({ subject }) => subject === asking);
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
