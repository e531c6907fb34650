import { createServer } from 'node:http';
import { operation } from '@guichet/contracts/operation';
import { Refusal } from '@guichet/contracts/refusal';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { type Listening, listening } from '@guichet/testing/listening';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { IdempotencyStore, KeptAnswer } from './idempotency.ts';
import { Problem } from './problem.ts';
import { createServiceApp } from './service-app.ts';
import type { Subject } from './subject.ts';

const subjects: Record<string, Subject> = {
  customer: { id: 'c1', kind: 'customer', permissions: [] },
  clerk: { id: 'e1', kind: 'employee', organiserId: 'o1', permissions: ['bookings:read'] },
  manager: { id: 'e2', kind: 'employee', organiserId: 'o1', permissions: ['slots:write'] },
  payment: { id: 'payment', kind: 'service', permissions: [] },
};

/** One process's memory: enough to test what the routes make of a store's answers. */
function memoryStore(): IdempotencyStore {
  const kept = new Map<string, { bodyHash: string; answer?: KeptAnswer }>();
  return {
    async claim({ scope, key, bodyHash }) {
      const known = kept.get(scope + key);
      if (!known) {
        kept.set(scope + key, { bodyHash });
        return { state: 'new' };
      }
      if (known.bodyHash !== bodyHash) return { state: 'mismatch' };
      return known.answer ? { state: 'replay', ...known.answer } : { state: 'in_flight' };
    },
    async complete({ scope, key, ...answer }) {
      kept.set(scope + key, { bodyHash: kept.get(scope + key)?.bodyHash ?? '', answer });
    },
    async release({ scope, key }) {
      kept.delete(scope + key);
    },
  };
}

const declare = (path: string, access: 'public' | 'signed_in' | 'service' | 'booking') =>
  operation({
    id: path,
    service: 'reservation',
    method: 'get',
    path,
    summary: path,
    access,
    responses: { 204: null },
  });
const order = operation({
  id: 'order',
  service: 'reservation',
  method: 'post',
  path: '/orders/{id}',
  summary: 'Order',
  access: { permission: 'slots:write' },
  idempotency: 'required',
  params: z.strictObject({ id: z.string().length(2) }),
  body: z.strictObject({ places: z.int().min(1) }),
  responses: { 201: z.object({ made: z.int() }) },
});
const drop = operation({
  id: 'drop',
  service: 'reservation',
  method: 'post',
  path: '/drops',
  summary: 'Drop',
  access: 'public',
  idempotency: 'accepted',
  responses: { 204: null },
});
const upload = operation({
  id: 'upload',
  service: 'reservation',
  method: 'post',
  path: '/uploads',
  summary: 'Upload',
  access: 'public',
  idempotency: 'accepted',
  body: { raw: ['text/csv'], limitBytes: 8 },
  responses: { 200: z.object({ bytes: z.int() }) },
});
const essay = operation({
  id: 'essay',
  service: 'reservation',
  method: 'put',
  path: '/essays',
  summary: 'Write',
  access: 'public',
  body: z.strictObject({ text: z.string() }),
  bodyLimitBytes: 1_000,
  responses: { 200: z.object({ letters: z.int() }) },
});

let made = 0;
const noDatabase = new Error('no connection');
const metrics = createMetrics({ service: 'test' });
const app = createServiceApp({
  logger: createLogger({ service: 'test', level: 'silent' }),
  metrics,
  verifyToken: {
    async verify(token) {
      const subject = subjects[token];
      if (subject) return subject;
      throw new Problem({ status: 401, code: 'invalid_token', detail: 'No.' });
    },
    forget() {},
  },
  statusOf: { sold_out: 409 },
  isUnavailable: (error) => error === noDatabase,
  idempotencyStore: memoryStore(),
  bodyLimitBytes: 100,
  mount(routes) {
    for (const access of ['public', 'signed_in', 'service', 'booking'] as const) {
      routes.on(declare(`/${access}`, access), ({ res }) => {
        res.status(204).end();
      });
    }
    routes.on(order, async ({ body, res }) => {
      if (body.places === 13) throw new Refusal('sold_out', 'No place is left.');
      if (body.places === 14) throw new Refusal('unheard_of', 'Nobody maps this.');
      if (body.places === 15) throw noDatabase;
      made += 1;
      res.status(201).location(`/orders/${made}`).json({ made });
    });
    routes.on(drop, ({ res }) => {
      made += 1;
      res.status(204).end();
    });
    routes.on(essay, ({ body, res }) => {
      res.json({ letters: body.text.length });
    });
    routes.on(upload, ({ body, res }) => {
      res.json({ bytes: body.length });
    });
  },
});

const server = createServer(app);
let running: Listening;
let base = '';
beforeAll(async () => {
  running = await listening(server);
  base = running.url;
});
afterAll(() => running.close());

const get = (path: string, token?: string, headers: Record<string, string> = {}) =>
  fetch(base + path, {
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
  });
const post = (body: string, headers: Record<string, string> = {}, path = '/orders/ab') =>
  fetch(base + path, {
    method: 'POST',
    body,
    headers: {
      authorization: 'Bearer manager',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
  });

describe('who may call', () => {
  test.each([
    ['/public', undefined, 204],
    ['/public', 'forged', 401],
    ['/signed_in', undefined, 401],
    ['/signed_in', 'customer', 204],
    ['/signed_in', 'payment', 403],
    ['/service', undefined, 401],
    ['/service', 'manager', 403],
    ['/service', 'payment', 204],
    ['/booking', undefined, 401],
    ['/booking', 'customer', 204],
  ])('%s as %s is %i', async (path, token, status) => {
    expect((await get(path, token)).status).toBe(status);
  });

  test('a manage token stands for an account where a booking is meant', async () => {
    expect((await get('/booking', undefined, { 'x-manage-token': 'm' })).status).toBe(204);
  });

  test('a role without the permission is told which one it lacks, before its input is looked at', async () => {
    const answer = await post('{', { authorization: 'Bearer clerk' });

    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({
      code: 'permission_denied',
      detail: expect.stringContaining('slots:write'),
    });
  });
});

describe('what is wrong with a request is said with a stable code', () => {
  test.each([
    ['malformed JSON', '{"places":', {}, 400, 'malformed_json'],
    ['a wrong type', '{"places":"2"}', {}, 400, 'invalid_request'],
    ['an unknown field', '{"places":2,"price":0}', {}, 400, 'invalid_request'],
    ['a body over the limit', `{"places":${' '.repeat(100)}2}`, {}, 413, 'body_too_large'],
    [
      'no JSON by its media type',
      'places=2',
      { 'content-type': 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    [
      'a key that anyone could guess',
      '{"places":2}',
      { 'idempotency-key': '1' },
      400,
      'invalid_idempotency_key',
    ],
    ['a refusal', '{"places":13}', {}, 409, 'sold_out'],
    ['a refusal without a status', '{"places":14}', {}, 500, 'internal_error'],
    ['a database that is not there', '{"places":15}', {}, 503, 'service_unavailable'],
    [
      'a deadline that has passed',
      '{"places":2}',
      { 'x-request-deadline': '1' },
      503,
      'deadline_passed',
    ],
  ])('%s', async (_, body, headers, status, code) => {
    const answer = await post(body, headers as Record<string, string>);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, code });
  });

  test('every wrong path is named', async () => {
    expect(await (await post('{"places":0,"x":1}')).json()).toMatchObject({
      errors: [{ path: 'places' }, { path: '' }],
    });
  });

  test('a missing key, and an address that nothing answers', async () => {
    const keyless = await fetch(`${base}/orders/ab`, {
      method: 'POST',
      headers: { authorization: 'Bearer manager', 'content-type': 'application/json' },
      body: '{"places":2}',
    });

    expect(await keyless.json()).toMatchObject({ status: 400, code: 'idempotency_key_required' });
    expect(await (await get('/nowhere')).json()).toMatchObject({
      status: 404,
      code: 'route_not_found',
    });
  });
});

describe('one key, one effect', () => {
  test('the same body again is answered with the same bytes, and says so', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await post('{"places":2}', key);
    const again = await post('{ "places": 2 }', key);

    expect(again.status).toBe(201);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  test('another body, or another path, is refused', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    await post('{"places":2}', key);

    expect((await post('{"places":3}', key)).status).toBe(422);
    expect((await post('{"places":2}', key, '/orders/cd')).status).toBe(422);
  });

  test('eight at once have one effect and one answer', async () => {
    const before = made;
    const key = { 'idempotency-key': crypto.randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('{"places":2}', key)));

    expect(made - before).toBe(1);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  });

  test('an answer without a body is kept too', async () => {
    const before = made;
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await post('', key, '/drops');
    const again = await post('', key, '/drops');

    expect([first.status, again.status, made - before]).toEqual([204, 204, 1]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('a refusal is decided anew', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const refused = await post('{"places":13}', key);
    const again = await post('{"places":13}', key);

    expect([refused.status, again.status]).toEqual([409, 409]);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
  });
});

test('raw bytes come as they are, up to their own limit, under the declared media type only', async () => {
  const send = (body: string, type: string) =>
    fetch(`${base}/uploads`, { method: 'POST', body, headers: { 'content-type': type } });

  expect(await (await send('1234567', 'text/csv')).json()).toEqual({ bytes: 7 });
  expect((await send('123456789', 'text/csv')).status).toBe(413);
  expect((await send('{}', 'application/json')).status).toBe(415);
});

test('one key of raw bytes is good for the same bytes alone', async () => {
  const headers = { 'content-type': 'text/csv', 'idempotency-key': crypto.randomUUID() };
  const send = (body: Buffer<ArrayBuffer>) =>
    fetch(`${base}/uploads`, { method: 'POST', body, headers });
  const first = await send(Buffer.from([0, 255, 1]));
  const again = await send(Buffer.from([0, 255, 1]));

  expect([
    first.headers.get('idempotent-replayed'),
    again.headers.get('idempotent-replayed'),
  ]).toEqual([null, 'true']);
  expect((await send(Buffer.from([0, 255, 2]))).status).toBe(422);
});

test('a JSON body may be longer where its operation says so', async () => {
  const write = (letters: number) =>
    fetch(`${base}/essays`, {
      method: 'PUT',
      body: JSON.stringify({ text: 'a'.repeat(letters) }),
      headers: { 'content-type': 'application/json' },
    });

  expect(await (await write(900)).json()).toEqual({ letters: 900 });
  expect((await write(1_000)).status).toBe(413);
});

test('requests are counted by the path of their operation, never by their own', async () => {
  await post('{', {}, '/orders/zz');
  await get('/never-heard-of');

  const counted = async () => {
    const text = await metrics.registry.getSingleMetricAsString('http_requests_total');
    expect(text).toContain('route="/orders/{id}",status="400"');
    expect(text).toContain('route="unknown",status="404"');
    expect(text).not.toMatch(/never-heard-of|\/zz/);
  };
  await vi.waitFor(counted, { timeout: 20_000 });
});
