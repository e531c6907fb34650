import { randomUUID } from 'node:crypto';
import type { MessageData } from '@guichet/contracts/messages';
import { pictureVariants } from '@guichet/contracts/pictures';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Body, offering, type RunningCatalog, startCatalog } from '../catalog-test.ts';
import { plain } from './drawn-test.ts';

type Picture = { id: string; alt: object; width: number; height: number; colour: string };

let catalog: RunningCatalog;
let png: Buffer<ArrayBuffer>;
beforeAll(async () => {
  catalog = await startCatalog();
  png = Buffer.from(await plain(640, 400).png().toBuffer());
});
afterAll(() => catalog.close());

const upload = async (
  offeringId: string,
  {
    as = 'manager',
    body = png,
    type = 'image/png',
    headers = {},
  }: { as?: string; body?: Buffer<ArrayBuffer>; type?: string; headers?: object } = {},
) => {
  const answer = await catalog.send('POST', `/api/offerings/${offeringId}/pictures`, as, {
    headers: { 'content-type': type, ...headers },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Body & Picture };
};
const draft = async () =>
  (await catalog.ask('POST', '/api/offerings', 'manager', offering())).body.id;
const picturesOf = async (id: string, as?: string) =>
  (await catalog.ask('GET', `/api/offerings/${id}`, as)).body.pictures as Picture[];
const change = (id: string, body: object, as = 'manager') =>
  catalog.ask('PATCH', `/api/pictures/${id}`, as, body);
const remove = (id: string, as = 'manager') => catalog.ask('DELETE', `/api/pictures/${id}`, as);
const file = (id: string, variant = '480.avif') =>
  catalog.send('GET', `/api/pictures/${id}/${variant}`);
const filesOf = (offeringId: string) =>
  catalog.db.collection('pictures').countDocuments({ offeringId });

describe('a picture', () => {
  test('is shown with its offering, called like it until it is described', async () => {
    const id = await catalog.published();
    expect(await picturesOf(id)).toEqual([]);
    const { status, body } = await upload(id);

    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String),
      alt: offering().title,
      width: 640,
      height: 400,
      colour: expect.stringMatching(/^#[0-9a-f]{6}$/),
    });
    expect(await picturesOf(id)).toEqual([body]);

    const described = await change(body.id, { alt: { en: 'A stage', fr: 'Une scène' } });
    expect(described).toMatchObject({ status: 200, body: { alt: { en: 'A stage' } } });
    expect(await picturesOf(id)).toEqual([described.body]);
  });

  test('has files that everybody’s cache may keep, of the type they say', async () => {
    const { body } = await upload(await catalog.published());
    const types = { avif: 'image/avif', webp: 'image/webp', jpg: 'image/jpeg' };

    for (const variant of pictureVariants) {
      const answer = await file(body.id, variant);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const kind = variant.split('.')[1] as keyof typeof types;

      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': types[kind],
        'content-length': String(bytes.length),
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      });
      expect((await sharp(bytes).metadata()).width).toBe(
        Math.min(640, Number(variant.split('.')[0])),
      );
    }
  });

  test('of a draft is found by its id alone, which is chance', async () => {
    const id = await draft();
    const { body } = await upload(id);

    expect((await catalog.ask('GET', `/api/offerings/${id}`)).status).toBe(404);
    expect(await picturesOf(id, 'manager')).toHaveLength(1);
    expect(body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect((await file(body.id)).status).toBe(200);
  });

  test('is moved to be the cover', async () => {
    const id = await draft();
    const [first, second, third] = [await upload(id), await upload(id), await upload(id)];
    await change(third.body.id, { position: 0 });

    expect((await picturesOf(id, 'manager')).map((one) => one.id)).toEqual(
      [third, first, second].map(({ body }) => body.id),
    );
  });

  test('that is published is told with its offering; that of a draft is nobody’s business', async () => {
    const id = await catalog.published();
    const secret = await draft();
    await upload(secret);
    const { body } = await upload(id);
    await remove(body.id);

    await vi.waitFor(() => {
      const facts = catalog.told.filter(({ subject }) => subject === id);
      const pictures = facts.map(
        ({ data }) => (data as MessageData<'offering.published'>).offering.pictures,
      );
      expect(pictures).toEqual([[], [body], []]);
      expect(new Set(facts.map(({ sequence }) => sequence)).size).toBe(3);
    }, 20_000);
    expect(catalog.told.filter(({ subject }) => subject === secret)).toEqual([]);
  });

  test('that is removed is gone with its files', async () => {
    const id = await draft();
    const { body } = await upload(id);
    expect(await filesOf(id)).toBe(pictureVariants.length);

    expect((await remove(body.id)).status).toBe(204);
    expect(await picturesOf(id, 'manager')).toEqual([]);
    expect(await filesOf(id)).toBe(0);
    expect((await file(body.id)).status).toBe(404);
    expect(await remove(body.id)).toMatchObject({
      status: 404,
      body: { code: 'picture_not_found' },
    });
  });

  test('whose removal broke off is removed by asking again', async () => {
    const id = await draft();
    const { body } = await upload(id);
    await catalog.db
      .collection<{ _id: string }>('offerings')
      .updateOne({ _id: id }, { $set: { pictures: [] } });

    expect((await change(body.id, { position: 0 })).status).toBe(404);
    expect((await remove(body.id)).status).toBe(204);
    expect(await filesOf(id)).toBe(0);
  });

  test('is added once for one key', async () => {
    const id = await draft();
    const headers = { 'idempotency-key': randomUUID() };
    const [first, again] = [await upload(id, { headers }), await upload(id, { headers })];
    const other = Buffer.from(await plain(9, 9).png().toBuffer());

    expect(again.body).toEqual(first.body);
    expect(await picturesOf(id, 'manager')).toHaveLength(1);
    expect(await upload(id, { headers, body: other })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });
});

test('of two eleventh pictures at once neither comes, of two tenth one, and no file stays behind', async () => {
  const id = await draft();
  for (let nth = 0; nth < 9; nth += 1) await upload(id);
  const statuses = async () =>
    (await Promise.all([upload(id), upload(id)])).map((one) => one.status);

  expect((await statuses()).sort()).toEqual([201, 409]);
  expect(await statuses()).toEqual([409, 409]);
  expect(await upload(id)).toMatchObject({ body: { code: 'too_many_pictures' } });
  expect(await picturesOf(id, 'manager')).toHaveLength(10);
  expect(await filesOf(id)).toBe(10 * pictureVariants.length);
});

test('an offering from before there were pictures has none, and takes one', async () => {
  const id = await draft();
  expect(
    await catalog.db.collection<{ _id: string }>('offerings').findOne({ _id: id }),
  ).not.toHaveProperty('pictures');

  expect(await picturesOf(id, 'manager')).toEqual([]);
  expect((await upload(id)).status).toBe(201);
});

describe('is refused', () => {
  test('to whom the offering is not', async () => {
    const id = await catalog.published();
    const { body } = await upload(id);

    expect((await upload(id, { as: '' })).status).toBe(401);
    expect((await upload(id, { as: 'clerk' })).status).toBe(403);
    expect(await upload(id, { as: 'stranger' })).toMatchObject({
      status: 404,
      body: { code: 'offering_not_found' },
    });
    expect((await upload(randomUUID())).status).toBe(404);
    for (const refused of [
      await change(body.id, { position: 0 }, 'stranger'),
      await remove(body.id, 'stranger'),
      await remove(randomUUID()),
    ]) {
      expect(refused).toMatchObject({ status: 404, body: { code: 'picture_not_found' } });
    }
    expect((await change(body.id, { position: 0 }, 'clerk')).status).toBe(403);
    expect((await remove(body.id, 'clerk')).status).toBe(403);
    expect(await picturesOf(id)).toHaveLength(1);
  });

  test('what is no picture, however it calls itself, and what is too much of one', async () => {
    const id = await draft();
    const large = (bytes: number) => Buffer.alloc(bytes, 'GIF89a');
    const wide = Buffer.from(await plain(5_001, 5_000).png().toBuffer());

    expect(await upload(id, { body: large(10_485_760) })).toMatchObject({
      status: 422,
      body: { code: 'picture_unreadable' },
    });
    expect(await upload(id, { body: wide })).toMatchObject({
      status: 422,
      body: { code: 'picture_too_large', detail: expect.stringContaining('25 million pixels') },
    });
    expect(await upload(id, { body: large(10_485_761) })).toMatchObject({
      status: 413,
      body: { code: 'body_too_large' },
    });
    expect(await upload(id, { type: 'image/svg+xml' })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
    expect(await filesOf(id)).toBe(0);
  });

  test('a change of nothing, a place past ten, a file of another size', async () => {
    const { body } = await upload(await draft());

    expect((await change(body.id, {})).status).toBe(400);
    expect((await change(body.id, { position: 10 })).status).toBe(400);
    expect((await change(body.id, { alt: { en: 'a'.repeat(501) } })).status).toBe(400);
    expect((await file(body.id, '481.avif')).status).toBe(400);
    expect((await file(randomUUID())).status).toBe(404);
  });
});
