import { randomUUID } from 'node:crypto';
import { quoteClaimsSchema } from '@guichet/contracts/quotes';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offering, type RunningCatalog, startCatalog } from '../catalog-test.ts';

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
      org: catalog.organisers.ours,
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
    catalog.clock.now += 25_000;
    const again = await quote(id, { baby: 1, adult: 2 }, options.toReversed());
    catalog.clock.now += 10_000;
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
