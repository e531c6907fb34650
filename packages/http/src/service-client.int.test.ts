import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { operation } from '@guichet/contracts/operation';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { listening } from '@guichet/testing/listening';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { createServiceClient, ServiceProblem, ServiceUnavailable } from './service-client.ts';

const look = operation({
  id: 'look',
  service: 'catalog',
  method: 'get',
  path: '/internal/things/{id}',
  summary: 'Look',
  access: 'service',
  params: z.strictObject({ id: z.string() }),
  responses: { 200: z.object({ name: z.string() }) },
});
const act = operation({
  ...look,
  id: 'act',
  method: 'post',
  body: z.strictObject({ places: z.int() }),
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Answer = (req: IncomingMessage, res: ServerResponse, nth: number) => void;

async function clientOf(answer: Answer, timeoutMs = 20_000) {
  let calls = 0;
  const server: Server = createServer((req, res) => {
    calls += 1;
    answer(req, res, calls);
  });
  const { url, close } = await listening(server);
  closing.push(close);
  const client = createServiceClient({
    service: 'catalog',
    discovery: createStaticDiscovery(`catalog=${url}`),
    token: async () => 'ours',
    timeoutMs,
  });
  return { client, calls: () => calls };
}
const ok = (res: ServerResponse) => res.end(JSON.stringify({ name: 'found' }));
const asked = { params: { id: 'a b' } };

test('calls in our name with a deadline, and answers what the contract says', async () => {
  let seen: IncomingMessage | undefined;
  const { client } = await clientOf((req, res) => {
    seen = req;
    ok(res);
  });

  const calledAt = Date.now();
  expect(await client.call(look, asked)).toEqual({ name: 'found' });
  expect(seen?.url).toBe('/internal/things/a%20b');
  expect(seen?.headers.authorization).toBe('Bearer ours');
  expect(Number(seen?.headers['x-request-deadline'])).toBeGreaterThanOrEqual(calledAt + 20_000);
});

test('what fails is tried again where that is safe, and not where it is not', async () => {
  const broken: Answer = (req, res, nth) => (nth < 3 ? req.socket.destroy() : ok(res));
  const safe = await clientOf(broken);
  const unsafe = await clientOf(broken);
  const keyed = await clientOf(broken);

  expect(await safe.client.call(look, asked)).toEqual({ name: 'found' });
  await expect(unsafe.client.call(act, { ...asked, body: { places: 1 } })).rejects.toThrow(
    ServiceUnavailable,
  );
  expect(unsafe.calls()).toBe(1);
  expect(
    await keyed.client.call(act, { ...asked, body: { places: 1 }, idempotencyKey: 'k' }),
  ).toEqual({ name: 'found' });
});

test('a refusal is an answer: thrown as it is, and never tried again', async () => {
  const { client, calls } = await clientOf((_, res) => {
    res.writeHead(404, { 'content-type': 'application/problem+json' });
    res.end(
      JSON.stringify({ type: 't', title: 'Not Found', status: 404, code: 'gone', detail: 'Gone.' }),
    );
  });

  const call = client.call(look, asked);
  await expect(call).rejects.toThrow(ServiceProblem);
  await expect(call).rejects.toMatchObject({ status: 404, code: 'gone', detail: 'Gone.' });
  expect(calls()).toBe(1);
});

test('a service that does not answer in time is unavailable', async () => {
  const { client } = await clientOf(() => {}, 200);

  await expect(client.call(look, asked)).rejects.toThrow(ServiceUnavailable);
});

test('a service that keeps failing is left alone for a moment', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { client, calls } = await clientOf((_, res) => res.writeHead(500).end('{}'));
  for (let nth = 0; nth < 4; nth += 1) {
    await expect(client.call(look, asked)).rejects.toThrow(ServiceUnavailable);
  }
  expect(calls()).toBe(5);

  vi.setSystemTime(Date.now() + 2_000);
  await expect(client.call(look, asked)).rejects.toThrow(ServiceUnavailable);
  expect(calls()).toBe(6);
});

test('an answer that breaks the contract is not passed on', async () => {
  const { client } = await clientOf((_, res) => res.end('{"name":7}'));

  await expect(client.call(look, asked)).rejects.toThrow();
});
