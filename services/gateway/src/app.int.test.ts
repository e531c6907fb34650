import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bookingId, codeOf, useGateway } from './gateway-test.ts';

const { now, start, call } = useGateway();

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
    expect(now.seen).toHaveLength(1);
  });

  test('the page’s cookie is passed on as a bearer token, from our own page alone', async () => {
    const path = `/api/bookings/${bookingId}/cancel`;
    const cookie = '__Host-guichet=good';
    const own = await call(path, { cookie, 'sec-fetch-site': 'same-origin' }, 'POST');
    const foreign = await call(path, { cookie, 'sec-fetch-site': 'cross-site' }, 'POST');

    expect(own.status).toBe(200);
    expect(now.seen[0]?.headers.authorization).toBe('Bearer good');
    expect(foreign.status).toBe(403);
    expect(await codeOf(foreign)).toBe('cross_site_request');
    expect(now.seen).toHaveLength(1);
  });

  test('somebody signed in may show the capability of a booking beside it', async () => {
    const shown = { authorization: 'Bearer good', 'x-manage-token': 'capability' };
    await call(`/api/bookings/${bookingId}/claim`, shown, 'POST');

    expect(now.seen[0]?.headers).toMatchObject(shown);
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

describe('what never passes', () => {
  test.each([
    ['/internal/bookings/1/begin-payment'],
    ['/api/../internal/payments/1/close'],
    ['/api/bookings/..%2f..%2finternal'],
    ['/metrics'],
    ['/health/ready'],
  ])('%s', async (path) => {
    const { hostname, port } = new URL(now.base);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    let answer = '';
    for await (const chunk of socket) answer += chunk;

    expect(answer).toMatch(/^HTTP\/1\.1 404/);
    expect(now.seen).toHaveLength(0);
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
    now.queueAgeMs = '9000';
    await book();
  });
  afterEach(() => {
    now.queueAgeMs = undefined;
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
    expect(now.seen).toHaveLength(1);
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
  expect(now.seen[0]?.headers['x-request-id']).toBe(headers.get('x-request-id'));
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
