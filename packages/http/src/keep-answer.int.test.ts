import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningApp, startApp } from './service-app-test.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('one key, one effect', () => {
  test('the same body again is answered with the same bytes, and says so', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await app.post('{"places":2}', key);
    const again = await app.post('{ "places": 2 }', key);

    expect(again.status).toBe(201);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
  });

  test('another body, or another path, is refused', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    await app.post('{"places":2}', key);

    expect((await app.post('{"places":3}', key)).status).toBe(422);
    expect((await app.post('{"places":2}', key, '/orders/cd')).status).toBe(422);
  });

  test('eight at once have one effect and one answer', async () => {
    const before = app.made();
    const key = { 'idempotency-key': crypto.randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.post('{"places":2}', key)),
    );

    expect(app.made() - before).toBe(1);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  });

  test('an answer without a body is kept too', async () => {
    const before = app.made();
    const key = { 'idempotency-key': crypto.randomUUID() };
    const first = await app.post('', key, '/drops');
    const again = await app.post('', key, '/drops');

    expect([first.status, again.status, app.made() - before]).toEqual([204, 204, 1]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  test('a refusal is decided anew', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() };
    const refused = await app.post('{"places":13}', key);
    const again = await app.post('{"places":13}', key);

    expect([refused.status, again.status]).toEqual([409, 409]);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
  });
});

test('one key of raw bytes is good for the same bytes alone', async () => {
  const headers = { 'content-type': 'text/csv', 'idempotency-key': crypto.randomUUID() };
  const send = (body: Buffer<ArrayBuffer>) =>
    fetch(`${app.url}/uploads`, { method: 'POST', body, headers });
  const first = await send(Buffer.from([0, 255, 1]));
  const again = await send(Buffer.from([0, 255, 1]));

  expect([
    first.headers.get('idempotent-replayed'),
    again.headers.get('idempotent-replayed'),
  ]).toEqual([null, 'true']);
  expect((await send(Buffer.from([0, 255, 2]))).status).toBe(422);
});
