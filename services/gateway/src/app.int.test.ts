import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { openApiDocument } from '@guichet/contracts/openapi';
import { publicOperations } from '@guichet/contracts/operations';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { knownTokens } from '@guichet/http/known-tokens-test';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { listening } from '@guichet/testing/listening';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from './app.ts';
import { createClientAddress } from './edge/client-address.ts';
import { createOwnPages } from './edge/own-pages.ts';
import { createRateLimits } from './edge/rate-limits.ts';
import { createStreamLimit } from './edge/stream-limit.ts';
import { openGate } from './gate/gate.ts';
import { createAllHealth } from './health/all-health.ts';
import { createForward } from './proxy/forward.ts';
import { createStreams } from './proxy/streams.ts';
import { createRouteTable } from './routing/route-table.ts';
import { createShed } from './upstreams/shed.ts';
import { createUpstreams } from './upstreams/upstreams.ts';

const ownOrigin = 'https://guichet.test';
const bookingId = '0197a6f0-0000-7000-8000-000000000001';
/** What does not come in so long on a busy machine does not come. */
const patienceMs = 30_000;
const closing: (() => unknown)[] = [];
let seen: IncomingMessage[] = [];
let base = '';
/** What the service says of its queue. */
let queueAgeMs: string | undefined;

async function listen(server: Server): Promise<string> {
  const { url, close } = await listening(server);
  closing.push(close);
  return url;
}

async function start({
  limits = { requestsPerSecond: 1_000, signInsPerMinute: 3 },
  upstreamTimeoutMs = patienceMs,
  requestTimeoutMs = patienceMs,
} = {}) {
  const service = await listen(
    createServer((req, res) => {
      seen.push(req);
      if (queueAgeMs) res.setHeader('x-queue-age-ms', queueAgeMs);
      if (req.url?.endsWith('/live')) res.writeHead(200).write(': begun\n\n');
      else req.resume().on('end', () => res.end('{}'));
    }),
  );
  const everywhere = publicOperations.map(({ service: name }) => `${name}=${service}`).join(',');
  const upstreams = createUpstreams({
    discovery: createStaticDiscovery(everywhere),
    settings: {
      connections: 8,
      connectTimeoutMs: patienceMs,
      idleMs: 1_000,
      failuresToOpen: 5,
      openMs: 1_000,
    },
  });
  closing.push(() => upstreams.close());
  const metrics = createMetrics({ service: 'gateway' });
  const live = () => ({ bodyLimitBytes: 1_000, keptBodyBytes: 500, queueBudgetMs: 500 });
  const shed = createShed({ upstreams, live, metrics });
  const gateway = createGateway({
    table: createRouteTable(publicOperations),
    shed,
    forward: createForward({
      upstreams,
      streams: createStreams(),
      shed,
      gate: openGate,
      live,
    }),
    limits: createRateLimits(() => limits, { noteSecurityEvent: () => {} }),
    streamLimit: createStreamLimit(() => ({ streamsPerAddress: 2 })),
    tokens: knownTokens((token) =>
      token === 'good' ? { id: 'c', kind: 'customer', permissions: [] } : undefined,
    ),
    ownPages: createOwnPages({
      allHealth: createAllHealth({
        names: ['identity', 'payment'],
        timeoutMs: patienceMs,
        management: createStaticDiscovery(`identity=${service}`),
      }),
      openApi: openApiDocument(publicOperations, { serverUrl: ownOrigin }),
      docs: {
        page: '<html>',
        script: Buffer.from('//'),
        contentSecurityPolicy: "default-src 'none'",
      },
    }),
    addressOf: createClientAddress([]),
    publicUrl: ownOrigin,
    live: () => ({ corsOrigins: ['https://shop.test'], upstreamTimeoutMs }),
    logger: createLogger({ service: 'gateway', level: 'silent' }),
    metrics,
  });
  base = await listen(
    createServer(
      {
        maxHeaderSize: 4_096,
        requestTimeout: requestTimeoutMs,
        connectionsCheckingInterval: 200,
      },
      gateway,
    ),
  );
  return metrics;
}

beforeEach(async () => {
  seen = [];
  await start();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const call = (path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) =>
  fetch(base + path, { method, headers, ...(body === undefined ? {} : { body }) });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('what it answers itself', () => {
  test('one line a service, names and states alone', async () => {
    expect(await (await call('/api/health')).json()).toEqual({
      status: 'degraded',
      services: [
        { name: 'identity', state: 'up' },
        { name: 'payment', state: 'down' },
      ],
    });
  });

  test('the description of the API, and a page that asks no other origin', async () => {
    const document = (await (await call('/api/openapi.json')).json()) as { openapi: string };
    const page = await call('/api/docs');

    expect(document.openapi).toBe('3.1.0');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'none'");
  });
});

describe('who comes in', () => {
  test('no token passes, a bad one is refused at the door', async () => {
    expect((await call(`/api/bookings/${bookingId}`)).status).toBe(200);
    const refused = await call(`/api/bookings/${bookingId}`, { authorization: 'Bearer bad' });

    expect(refused.status).toBe(401);
    expect(await codeOf(refused)).toBe('invalid_token');
    expect(seen).toHaveLength(1);
  });

  test('the page’s cookie is passed on as a bearer token, from our own page alone', async () => {
    const path = `/api/bookings/${bookingId}/cancel`;
    const cookie = '__Host-guichet=good';
    const own = await call(path, { cookie, 'sec-fetch-site': 'same-origin' }, 'POST');
    const foreign = await call(path, { cookie, 'sec-fetch-site': 'cross-site' }, 'POST');

    expect(own.status).toBe(200);
    expect(seen[0]?.headers.authorization).toBe('Bearer good');
    expect(foreign.status).toBe(403);
    expect(await codeOf(foreign)).toBe('cross_site_request');
    expect(seen).toHaveLength(1);
  });

  test('somebody signed in may show the capability of a booking beside it', async () => {
    const shown = { authorization: 'Bearer good', 'x-manage-token': 'capability' };
    await call(`/api/bookings/${bookingId}/claim`, shown, 'POST');

    expect(seen[0]?.headers).toMatchObject(shown);
  });

  test('a listed origin may call, another may not, and neither with cookies', async () => {
    const asked = (origin: string) =>
      call('/api/bookings', { origin, 'access-control-request-method': 'POST' }, 'OPTIONS');
    const listed = await asked('https://shop.test');

    expect(listed.headers.get('access-control-allow-origin')).toBe('https://shop.test');
    expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
    expect(
      (await asked('https://evil.test')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });
});

describe('limits bite', () => {
  test('sign-ins by address, long before other calls', async () => {
    const signIn = () =>
      call('/api/auth/login', { 'content-type': 'application/json' }, 'POST', '{}');
    const answers = [await signIn(), await signIn(), await signIn(), await signIn()];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('/api/offerings')).status).toBe(200);
  });

  test('any call by address', async () => {
    await start({ limits: { requestsPerSecond: 1, signInsPerMinute: 100 } });
    const statuses = [];
    for (let nth = 0; nth < 12; nth += 1) statuses.push((await call('/api/offerings')).status);

    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(200));
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('headers', async () => {
    expect((await call('/api/offerings', { 'x-large': 'x'.repeat(5_000) })).status).toBe(431);
    expect(seen).toHaveLength(0);
  });

  test('a sender that takes too long', async () => {
    await start({ requestTimeoutMs: 1_000 });
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname);
    socket.write('POST /api/bookings HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const closed = once(socket, 'close');
    socket.resume().on('error', () => {});

    await expect(Promise.race([closed, sleep(patienceMs, 'still open')])).resolves.not.toBe(
      'still open',
    );
  });
});

describe('what streams', () => {
  const live = `/api/offerings/${bookingId}/live`;
  const firstOf = async (answer: Response) => {
    const reader = answer.body?.getReader();
    return { reader, text: Buffer.from((await reader?.read())?.value ?? []).toString() };
  };

  test('is one call to the limit of its address, and has no deadline', async () => {
    const upstreamTimeoutMs = 4_000;
    await start({ limits: { requestsPerSecond: 0.2, signInsPerMinute: 3 }, upstreamTimeoutMs });
    const { reader, text } = await firstOf(await call(live));
    const more = reader?.read();

    expect(text).toBe(': begun\n\n');
    expect([(await call('/api/offerings')).status, (await call('/api/offerings')).status]).toEqual([
      200, 429,
    ]);
    const past = sleep(upstreamTimeoutMs + 500, 'still open');
    expect(await Promise.race([more, past])).toBe('still open');
    await reader?.cancel();
  });

  test('of one address only so many are open at once, and its calls pass all the same', async () => {
    const open = await Promise.all([firstOf(await call(live)), firstOf(await call(live))]);

    expect((await call(live)).status).toBe(429);
    expect((await call('/api/offerings')).status).toBe(200);
    expect(seen.filter(({ url }) => url === live)).toHaveLength(2);
    await Promise.all(open.map(({ reader }) => reader?.cancel()));
  });

  test('asks nobody who they are, and is counted without the time that it lasted', async () => {
    const metrics = await start();
    const answer = await call(live, { authorization: 'Bearer bad' });
    await (await firstOf(answer)).reader?.cancel();

    expect(answer.status).toBe(200);
    const textOf = (name: string) => metrics.registry.getSingleMetricAsString(name);
    await expect
      .poll(() => textOf('http_requests_total'))
      .toContain('route="/api/offerings/{id}/live"');
    expect(await textOf('http_request_duration_seconds')).not.toContain('/live');
  });
});

describe('what never passes', () => {
  test.each([
    ['/internal/bookings/1/begin-payment'],
    ['/api/../internal/payments/1/close'],
    ['/api/bookings/..%2f..%2finternal'],
    ['/metrics'],
    ['/health/ready'],
  ])('%s', async (path) => {
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    let answer = '';
    for await (const chunk of socket) answer += chunk;

    expect(answer).toMatch(/^HTTP\/1\.1 404/);
    expect(seen).toHaveLength(0);
  });

  test('another method than an address has', async () => {
    const answer = await call('/api/slots', {}, 'DELETE');

    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('while the queue of a service is too old', () => {
  const book = async (headers: Record<string, string> = {}) => {
    const sale = { 'idempotency-key': 'k'.repeat(22), 'content-type': 'application/json' };
    return call('/api/bookings', { ...sale, ...headers }, 'POST', '{}');
  };
  beforeEach(async () => {
    queueAgeMs = '9000';
    await book();
  });
  afterEach(() => {
    queueAgeMs = undefined;
  });

  test('who books is told so as they are told of anything else', async () => {
    const answer = await book();

    expect(answer.status).toBe(503);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'retry-after': '1',
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      vary: 'origin, sec-fetch-site',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await answer.json()).toMatchObject({ status: 503, code: 'busy' });
    expect(seen).toHaveLength(1);
  });

  test('a page of another origin may read it', async () => {
    const answer = await book({ origin: 'https://shop.test' });

    expect(answer.status).toBe(503);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.test');
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(await codeOf(answer)).toBe('busy');
  });
});

test('every answer has a request id and the headers that keep browsers safe', async () => {
  const { headers } = await call('/api/offerings');

  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(seen[0]?.headers['x-request-id']).toBe(headers.get('x-request-id'));
  expect(headers.get('strict-transport-security')).toContain('includeSubDomains');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('who may frame a page is the page’s to say, who may frame anything else is nobody', async () => {
  const page = await call('/fr/embed/offerings/1');
  const api = await call('/api/offerings');

  expect(page.headers.get('x-frame-options')).toBeNull();
  expect(api.headers.get('x-frame-options')).toBe('SAMEORIGIN');
});

test('requests are counted by the route of their operation, never by their raw address', async () => {
  const metrics = await start();
  await call(`/api/bookings/${bookingId}`);
  await call('/api/nothing-here');

  const counted = () => metrics.registry.getSingleMetricAsString('http_requests_total');
  await expect.poll(counted).toContain('route="/api/bookings/{id}"');
  await expect.poll(counted).toContain('route="unknown"');
  expect(await counted()).not.toContain(bookingId);
});
