import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Operation, operation } from '@guichet/contracts/operation';
import { Refusal } from '@guichet/contracts/refusal';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { knownTokens } from './known-tokens-test.ts';
import { sendJson } from './send-json.ts';
import { createServiceApp } from './service-app.ts';

const buy = operation({
  id: 'buy',
  service: 'reservation',
  method: 'post',
  path: '/buys',
  summary: 'Buy',
  access: 'signed_in',
  idempotency: 'required',
  idempotencyBy: 'handler',
  body: z.strictObject({ places: z.int().min(1), name: z.string().optional() }),
  responses: { 201: z.unknown() },
});

const metrics = createMetrics({ service: 'test' });
const verifyToken = knownTokens((token) =>
  token === 'ada' ? { id: 'ada', kind: 'customer', permissions: [] } : undefined,
);
const settings = {
  ...{ metrics, verifyToken, statusOf: { sold_out: 409 }, bodyLimitBytes: 100 },
  logger: createLogger({ service: 'test', level: 'silent' }),
};

let server: Awaited<ReturnType<typeof listening>>;
beforeAll(async () => {
  const app = createServiceApp({
    ...settings,
    queueAgeMs: () => 7.4,
    mount: (routes) =>
      routes.onPlain(buy, ({ body, bodyHash, idempotencyKey, subject, res }) => {
        if (body.places === 13) throw new Refusal('sold_out', 'No place is left.');
        if (body.places === 14) throw new Error('nobody foresaw this');
        const by = 'json' in res ? 'express' : 'node';
        const said = { by, body, bodyHash, key: idempotencyKey, id: subject.id };
        sendJson(res, 201, { location: '/buys/1' }, JSON.stringify(said));
      }),
  });
  server = await listening(createServer(app));
});
afterAll(() => server.close());

const key = 'a-key-that-nobody-guesses';
const usual = {
  authorization: 'Bearer ada',
  'content-type': 'application/json',
  'idempotency-key': key,
};

async function send(
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
  path = '/buys',
) {
  const answer = await fetch(server.url + path, {
    method: 'POST',
    body,
    headers: { ...usual, ...headers },
  });
  const { status } = answer;
  const said = (await answer.json()) as Record<string, unknown>;
  return { status, headers: Object.fromEntries(answer.headers), said };
}

/** The same request, in words that Express's parsers are needed for. */
const byExpress = { 'content-type': 'application/json; charset=UTF-8' };

describe('a request is answered alike with and without Express', () => {
  test.each([
    ['a purchase', '{"places":2,"name":"Zoé ☀"}', {}, 201],
    ['fields in another order', '{"name":"Zoé ☀","places":2}', {}, 201],
    ['no token', '{"places":2}', { authorization: '' }, 401],
    ['a forged token', '{"places":2}', { authorization: 'Bearer eve' }, 401],
    ['no token, and no JSON', '{', { authorization: '' }, 401],
    ['no JSON', '{"places":', {}, 400],
    ['JSON that is no object', '13', {}, 400],
    ['JSON that is nothing', 'null', {}, 400],
    ['a list', '[]', {}, 400],
    ['a wrong type', '{"places":"2"}', {}, 400],
    ['an unknown field', '{"places":2,"price":0}', {}, 400],
    ['a guessable key', '{"places":2}', { 'idempotency-key': '1' }, 400],
    ['a refusal', '{"places":13}', {}, 409],
    ['a fault', '{"places":14}', {}, 500],
    ['a deadline that has passed', '{"places":2}', { 'x-request-deadline': '1' }, 503],
  ])('%s', async (_, body, headers, status) => {
    const plain = await send(body, headers);
    const express = await send(body, { ...headers, ...byExpress });

    expect(plain.status).toBe(status);
    expect(plain.headers['x-queue-age-ms']).toBe('7');
    const apart = { date: '', 'content-length': '' };
    expect({ ...plain.headers, ...apart }).toEqual({ ...express.headers, ...apart });
    expect({ ...plain.said, by: '' }).toEqual({ ...express.said, by: '' });
    expect(express.status).toBe(status);
    if (status === 201) expect([plain.said.by, express.said.by]).toEqual(['node', 'express']);
  });

  test('what a key was used for is the same, however its body was written', async () => {
    const written = ['{"places":2,"name":"x"}', '{ "name": "x", "places": 2 }'];
    const sent = await Promise.all(written.flatMap((body) => [send(body), send(body, byExpress)]));

    expect(new Set(sent.map(({ said }) => said.bodyHash)).size).toBe(1);
    expect((await send('{"places":3,"name":"x"}')).said.bodyHash).not.toBe(sent[0]?.said.bodyHash);
  });
});

test('what needs parsing, or an answer about its form, is for Express', async () => {
  const small = '{"places":2}';

  const compressed = await send(gzipSync(small), { 'content-encoding': 'gzip' });
  expect(compressed.said).toMatchObject({ by: 'express', body: { places: 2 } });
  expect((await send(small, {}, '/buys?x=1')).said.by).toBe('express');
  expect(await send(`{"places":${' '.repeat(100)}2}`)).toMatchObject({ status: 413 });
  expect(await send(small, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 });
  expect((await fetch(`${server.url}/buys`)).status).toBe(404);
});

/** A request that says it has 50 bytes, and leaves after so many. */
async function breakOff(different: Record<string, string> = {}): Promise<void> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const headers = Object.entries({ ...usual, host: 'x', 'content-length': '50', ...different });
  const head = ['POST /buys HTTP/1.1', ...headers.map(([name, value]) => `${name}: ${value}`)];
  socket.write(`${head.join('\r\n')}\r\n\r\n{"places":`);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
}

/** How many were counted with a status, under the operation's path. */
async function counted(status: string): Promise<number> {
  const { values } = await metrics.httpRequests.get();
  const those = values.filter(({ labels }) => labels.route === '/buys' && labels.status === status);
  return those.reduce((sum, { value }) => sum + value, 0);
}

test.each([
  ['without Express', {}],
  ['with it', byExpress],
])('%s, a purchase and a body that broke off are counted', async (_, headers) => {
  const [made, broken] = [await counted('201'), await counted('400')];
  await send('{"places":2}', headers);
  await breakOff(headers);
  await vi.waitFor(async () => expect(await counted('201')).toBe(made + 1));
  await vi.waitFor(async () => expect(await counted('400')).toBe(broken + 1));
});

test.each<[string, { [F in keyof Operation]?: Operation[F] | undefined }]>([
  ['with parameters', { path: '/buys/{id}', params: z.strictObject({ id: z.string() }) }],
  ['with a query', { query: z.strictObject({}) }],
  ['without a body', { body: undefined }],
  ['of raw bytes', { body: { raw: ['text/csv'], limitBytes: 8 } }],
  ['whose key the routes look after', { idempotencyBy: 'routes' }],
])('an operation %s is refused when its service starts', (_, different) => {
  const mount = () =>
    createServiceApp({
      ...settings,
      mount: (routes) => routes.onPlain({ ...buy, ...different } as Operation, () => {}),
    });

  expect(mount).toThrow('buy is more than a path');
});
