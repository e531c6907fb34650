import { createServer } from 'node:http';
import { operation } from '@guichet/contracts/operation';
import { Refusal } from '@guichet/contracts/refusal';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { z } from 'zod';
import type { IdempotencyStore, KeptAnswer } from './idempotency.ts';
import { knownTokens } from './known-tokens-test.ts';
import type { Routes } from './routes.ts';
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

const noDatabase = new Error('no connection');

const verifyToken = knownTokens((token) => subjects[token]);

function mount(routes: Routes, counted: { made: number }): void {
  for (const access of ['public', 'signed_in', 'service', 'booking'] as const) {
    routes.on(declare(`/${access}`, access), ({ res }) => {
      res.status(204).end();
    });
  }
  routes.on(order, async ({ body, res }) => {
    if (body.places === 13) throw new Refusal('sold_out', 'No place is left.');
    if (body.places === 14) throw new Refusal('unheard_of', 'Nobody maps this.');
    if (body.places === 15) throw noDatabase;
    counted.made += 1;
    res.status(201).location(`/orders/${counted.made}`).json({ made: counted.made });
  });
  routes.on(drop, ({ res }) => {
    counted.made += 1;
    res.status(204).end();
  });
  routes.on(essay, ({ body, res }) => {
    res.json({ letters: body.text.length });
  });
  routes.on(upload, ({ body, res }) => {
    res.json({ bytes: body.length });
  });
}

/** A service with one operation of each kind, over HTTP, and what it has made of its orders. */
export async function startApp() {
  const counted = { made: 0 };
  const metrics = createMetrics({ service: 'test' });
  const app = createServiceApp({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics,
    verifyToken,
    statusOf: { sold_out: 409 },
    isUnavailable: (error) => error === noDatabase,
    idempotencyStore: memoryStore(),
    bodyLimitBytes: 100,
    mount: (routes) => mount(routes, counted),
  });
  const { url, close } = await listening(createServer(app));

  return {
    url,
    metrics,
    close,
    made: () => counted.made,
    get: (path: string, token?: string, headers: Record<string, string> = {}) =>
      fetch(url + path, {
        headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      }),
    post: (body: string, headers: Record<string, string> = {}, path = '/orders/ab') =>
      fetch(url + path, {
        method: 'POST',
        body,
        headers: {
          authorization: 'Bearer manager',
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
          ...headers,
        },
      }),
  };
}
export type RunningApp = Awaited<ReturnType<typeof startApp>>;
