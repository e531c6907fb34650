import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningApp, startApp } from './service-app-test.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

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
    expect((await app.get(path, token)).status).toBe(status);
  });

  test('a manage token stands for an account where a booking is meant', async () => {
    expect((await app.get('/booking', undefined, { 'x-manage-token': 'm' })).status).toBe(204);
  });

  test('a role without the permission is told which one it lacks, before its input is looked at', async () => {
    const answer = await app.post('{', { authorization: 'Bearer clerk' });

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
    const answer = await app.post(body, headers as Record<string, string>);

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, code });
  });

  test('every wrong path is named', async () => {
    expect(await (await app.post('{"places":0,"x":1}')).json()).toMatchObject({
      errors: [{ path: 'places' }, { path: '' }],
    });
  });

  test('a missing key, and an address that nothing answers', async () => {
    const keyless = await fetch(`${app.url}/orders/ab`, {
      method: 'POST',
      headers: { authorization: 'Bearer manager', 'content-type': 'application/json' },
      body: '{"places":2}',
    });

    expect(await keyless.json()).toMatchObject({ status: 400, code: 'idempotency_key_required' });
    expect(await (await app.get('/nowhere')).json()).toMatchObject({
      status: 404,
      code: 'route_not_found',
    });
  });
});

test('raw bytes come as they are, up to their own limit, under the declared media type only', async () => {
  const send = (body: string, type: string) =>
    fetch(`${app.url}/uploads`, { method: 'POST', body, headers: { 'content-type': type } });

  expect(await (await send('1234567', 'text/csv')).json()).toEqual({ bytes: 7 });
  expect((await send('123456789', 'text/csv')).status).toBe(413);
  expect((await send('{}', 'application/json')).status).toBe(415);
});

test('a JSON body may be longer where its operation says so', async () => {
  const write = (letters: number) =>
    fetch(`${app.url}/essays`, {
      method: 'PUT',
      body: JSON.stringify({ text: 'a'.repeat(letters) }),
      headers: { 'content-type': 'application/json' },
    });

  expect(await (await write(900)).json()).toEqual({ letters: 900 });
  expect((await write(1_000)).status).toBe(413);
});

test('requests are counted by the path of their operation, never by their own', async () => {
  await app.post('{', {}, '/orders/zz');
  await app.get('/never-heard-of');

  const counted = async () => {
    const text = await app.metrics.registry.getSingleMetricAsString('http_requests_total');
    expect(text).toContain('route="/orders/{id}",status="400"');
    expect(text).toContain('route="unknown",status="404"');
    expect(text).not.toMatch(/never-heard-of|\/zz/);
  };
  await vi.waitFor(counted, { timeout: 20_000 });
});
