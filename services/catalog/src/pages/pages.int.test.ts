import { randomUUID } from 'node:crypto';
import type { MessageData } from '@guichet/contracts/messages';
import { languages } from '@guichet/contracts/shapes';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningCatalog, startCatalog } from '../catalog-test.ts';

let catalog: RunningCatalog;
beforeAll(async () => {
  catalog = await startCatalog();
});
afterAll(() => catalog.close());

const text = (words: string) => ({ title: { en: 'Terms' }, body: { en: words } });
const freshSlug = () => `page-${randomUUID().slice(0, 8)}`;
const pathOf = (slug: string, query = '') =>
  `/api/organisers/${catalog.organisers.ours}/pages/${slug}${query}`;
const write = (slug: string, body: object, as = 'manager') =>
  catalog.ask('PUT', pathOf(slug), as, body);
const read = (slug: string, query = '') => catalog.ask('GET', pathOf(slug, query));

describe('a page', () => {
  test('has a new version with every change, and the old ones stay readable', async () => {
    const slug = freshSlug();
    expect(await write(slug, text('First.'))).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await write(slug, text('Second.'))).toMatchObject({ body: { version: 2 } });

    expect(await read(slug)).toMatchObject({
      status: 200,
      body: {
        organiserId: catalog.organisers.ours,
        slug,
        version: 2,
        ...text('Second.'),
        changedAt: new Date(catalog.clock.now).toISOString(),
      },
    });
    expect(await read(slug, '?version=1')).toMatchObject({
      body: { version: 1, ...text('First.') },
    });
    expect(await read(slug, '?version=2')).toMatchObject({ body: { version: 2 } });
  });

  test('has no new version where nothing changed', async () => {
    const slug = freshSlug();
    const first = await write(slug, text('Same.'));
    catalog.clock.now += 60_000;

    expect((await write(slug, text('Same.'))).body).toEqual(first.body);
    expect((await read(slug, '?version=2')).status).toBe(404);
  });

  test('that has changed meanwhile is not written over', async () => {
    const slug = freshSlug();
    await write(slug, text('First.'));
    await write(slug, text('Second.'));

    expect(await write(slug, { ...text('Mine.'), basedOn: 1 })).toMatchObject({
      status: 409,
      body: { code: 'page_changed', detail: expect.stringContaining('version 2') },
    });
    expect(await write(slug, { ...text('Mine.'), basedOn: 2 })).toMatchObject({
      body: { version: 3 },
    });
  });

  test('written by eight at once has eight versions, and every text is kept', async () => {
    const slug = freshSlug();
    const texts = Array.from({ length: 8 }, (_, nth) => `Text ${nth}.`);
    const written = await Promise.all(texts.map((words) => write(slug, text(words))));
    const versions = written.map(({ body }) => body.version).sort();
    const kept = await Promise.all(versions.map((version) => read(slug, `?version=${version}`)));

    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(kept.map(({ body }) => (body.body as { en: string }).en).sort()).toEqual(texts);
  });

  test('passes ten versions in the right order', async () => {
    const slug = freshSlug();
    for (let nth = 1; nth <= 11; nth += 1) await write(slug, text(`Text ${nth}.`));

    expect((await read(slug)).body).toMatchObject({ version: 11, ...text('Text 11.') });
  });

  test('holds fifty thousand characters in each of five languages', async () => {
    const slug = freshSlug();
    const long = (length: number) =>
      Object.fromEntries(languages.map((language) => [language, 'é'.repeat(length)]));
    const page = { title: { en: 'Long' }, body: long(50_000) };

    expect((await write(slug, page)).status).toBe(200);
    expect((await read(slug)).body.body).toEqual(page.body);
    expect(await write(slug, { ...page, body: long(50_001) })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', errors: expect.arrayContaining([expect.anything()]) },
    });
  });

  test.each([
    ['no text', { title: { en: 'Terms' }, body: {} }],
    ['an unknown field', { ...text('Text.'), html: true }],
    ['no title', { body: { en: 'Text.' } }],
  ])('with %s is refused', async (_, body) => {
    expect(await write(freshSlug(), body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  });

  test('is not found, in words, where there is none, or not in that version', async () => {
    const slug = freshSlug();
    expect(await read(slug)).toMatchObject({ status: 404, body: { code: 'page_not_found' } });

    await write(slug, text('First.'));
    expect(await read(slug, '?version=7')).toMatchObject({
      status: 404,
      body: {
        code: 'page_version_not_found',
        detail: 'The page has no version 7; its newest is 1.',
      },
    });
    expect((await read('Not-a-slug')).status).toBe(400);
  });

  test('is written by its organiser’s admin alone, and read by everybody', async () => {
    const slug = freshSlug();

    expect((await catalog.ask('PUT', pathOf(slug), undefined, text('Mine.'))).status).toBe(401);
    expect((await write(slug, text('Mine.'), 'clerk')).status).toBe(403);
    expect(await write(slug, text('Mine.'), 'stranger')).toMatchObject({
      status: 404,
      body: { code: 'organiser_not_found' },
    });
    expect((await read(slug)).status).toBe(404);
  });
});

test('pages are listed by slug, each in its newest version, page by page', async () => {
  const path = `/api/organisers/${catalog.organisers.theirs}/pages`;
  expect((await catalog.ask('GET', path)).body.items).toEqual([]);
  for (const [slug, words] of [
    ['terms', 'One.'],
    ['legal', 'One.'],
    ['terms', 'Two.'],
    ['about', 'One.'],
  ] as const) {
    await catalog.ask('PUT', `${path}/${slug}`, 'stranger', text(words));
  }

  const first = await catalog.ask('GET', `${path}?limit=2`);
  const rest = await catalog.ask('GET', `${path}?limit=2&cursor=${first.body.nextCursor}`);
  expect([first.body.items, rest.body.items].flat()).toEqual([
    { slug: 'about', title: { en: 'Terms' }, version: 1 },
    { slug: 'legal', title: { en: 'Terms' }, version: 1 },
    { slug: 'terms', title: { en: 'Terms' }, version: 2 },
  ]);
  expect(rest.body.nextCursor).toBeNull();
  expect(await catalog.ask('GET', `/api/organisers/${randomUUID()}/pages`)).toMatchObject({
    status: 404,
    body: { code: 'organiser_not_found' },
  });
});

describe('terms', () => {
  const shown = async (id: string) =>
    (await catalog.ask('GET', `/api/offerings/${id}`)).body.termsVersion;
  const quoted = async (id: string) => {
    const { body } = await catalog.ask('POST', `/api/offerings/${id}/quotes`, undefined, {
      slotId: randomUUID(),
      party: { adult: 1 },
    });
    const [, claims = ''] = body.quote.split('.');
    return JSON.parse(Buffer.from(claims, 'base64url').toString()) as {
      terms: string;
      ver: number;
    };
  };

  test('of an offering that names none are the organiser’s newest, in the next quote already', async () => {
    const id = await catalog.published();
    const before = await quoted(id);
    expect([before.terms, await shown(id)]).toEqual(['none', 'none']);

    await write('terms', text('One.'));
    expect([(await quoted(id)).terms, await shown(id)]).toEqual(['1', '1']);

    await write('terms', text('Two.'));
    expect(await quoted(id)).toMatchObject({ terms: '2', ver: before.ver });
    const listed = await catalog.ask('GET', '/api/offerings?mine=true', 'manager');
    expect(listed.body.items).toContainEqual(expect.objectContaining({ id, termsVersion: '2' }));
  });

  test('that an offering names stay, until it names none', async () => {
    await write('terms', text('One.'));
    const newest = String((await read('terms')).body.version);
    const id = await catalog.published({ termsVersion: '2026-09' });
    expect([(await quoted(id)).terms, await shown(id)]).toEqual(['2026-09', '2026-09']);

    await catalog.ask('PATCH', `/api/offerings/${id}`, 'manager', { title: { en: 'Other' } });
    expect(await shown(id)).toBe('2026-09');

    await catalog.ask('PATCH', `/api/offerings/${id}`, 'manager', { termsVersion: null });
    expect([(await quoted(id)).terms, await shown(id)]).toEqual([newest, newest]);
    await vi.waitFor(() => {
      const facts = catalog.told.filter(({ subject }) => subject === id);
      expect(
        facts.map(({ data }) => (data as MessageData<'offering.published'>).offering.termsVersion),
      ).toEqual(['2026-09', '2026-09', newest]);
    }, 20_000);
  });

  test('that were kept before there were pages are a name like any other', async () => {
    const id = await catalog.published();
    await catalog.db
      .collection<{ _id: string }>('offerings')
      .updateOne({ _id: id }, { $set: { termsVersion: '1' } });
    await write('terms', text('One.'));
    await write('terms', text('Two.'));

    expect((await quoted(id)).terms).toBe('1');
  });
});
