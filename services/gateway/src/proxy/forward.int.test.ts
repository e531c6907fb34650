import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { changePage } from '@guichet/contracts/pages';
import { addPicture } from '@guichet/contracts/pictures';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { expect, test } from 'vitest';
import { gatewayTo, service } from './forward-test.ts';

const gateway = (addresses: string[], settings?: Parameters<typeof gatewayTo>[1]) =>
  gatewayTo(createStaticDiscovery(`reservation=${addresses.join('|')}`), settings);

/** Bytes of every value, none of them text in any encoding. */
const noise = (length: number) => Buffer.from(randomBytes(length));

const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

test('passes a request and its answer whole, status and headers too', async () => {
  const upstream = await service(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    res.writeHead(201, { location: '/api/x', 'content-type': 'text/plain' });
    res.end(`${req.method} ${req.url} ${Buffer.concat(chunks)}`);
  });

  const answer = await post(`${await gateway([upstream])}/api/x?y=1`, 'body');

  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe('/api/x');
  expect(await answer.text()).toBe('POST /api/x?y=1 body');
});

test('streams: the first bytes arrive while the service is still answering', async () => {
  let finish: (() => void) | undefined;
  const upstream = await service((_, res) => {
    res.writeHead(200);
    res.write('first');
    finish = () => res.end('last');
  });

  const answer = await fetch(await gateway([upstream]));
  const reader = answer.body?.getReader();
  const first = await reader?.read();

  expect(Buffer.from(first?.value ?? []).toString()).toBe('first');
  finish?.();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('last');
});

test('a client that leaves ends the call to the service', async () => {
  let left: Promise<unknown> | undefined;
  const upstream = await service((req, res) => {
    left = once(req.socket, 'close');
    res.writeHead(200);
    res.write('first');
  });

  const aborter = new AbortController();
  const answer = await fetch(await gateway([upstream]), { signal: aborter.signal });
  await answer.body?.getReader().read();
  aborter.abort();

  await expect(Promise.race([left, sleep(30_000, 'still open')])).resolves.not.toBe('still open');
});

test('an answer that breaks off breaks off for the client too, instead of looking whole', async () => {
  let breakOff = () => {};
  const upstream = await service((_, res) => {
    res.writeHead(200);
    res.write('half');
    breakOff = () => res.destroy();
  });

  const answer = await fetch(await gateway([upstream]));
  const reader = answer.body?.getReader();
  await reader?.read();
  breakOff();

  await expect(reader?.read()).rejects.toThrow();
});

test('a small body with an Idempotency-Key is sent once more, elsewhere, when no byte came back', async () => {
  const bodies: string[] = [];
  const dying = await service((req) => req.socket.destroy());
  const living = await service(async (req, res) => {
    for await (const chunk of req) bodies.push(String(chunk));
    res.end('done');
  });
  const url = await gateway([dying, living]);

  const answers = await Promise.all(
    Array.from({ length: 10 }, () =>
      post(url, 'order', { 'idempotency-key': crypto.randomUUID() }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(bodies).toEqual(Array(10).fill('order'));
});

test('without a key it is never sent twice', async () => {
  let calls = 0;
  const dying = await service((req) => {
    calls += 1;
    req.socket.destroy();
  });

  const answer = await post(await gateway([dying]), 'order');

  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(calls).toBe(1);
});

test('an endpoint that keeps failing is not asked any more', async () => {
  let calls = 0;
  const dying = await service((req) => {
    calls += 1;
    req.socket.destroy();
  });
  const url = await gateway([dying]);

  for (let attempt = 0; attempt < 10; attempt += 1) await post(url, 'order');

  expect(calls).toBe(3);
});

test('a body over the limit is refused by its declared length, before the service is asked', async () => {
  let calls = 0;
  const upstream = await service((_, res) => {
    calls += 1;
    res.end();
  });

  const answer = await post(await gateway([upstream], { bodyLimitBytes: 10 }), 'x'.repeat(11));

  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'body_too_large' });
  expect(calls).toBe(0);
});

test('a body over the limit that declares no length is refused while it comes', async () => {
  const upstream = await service((req, res) => {
    req.resume().on('end', () => res.end());
  });
  const { hostname, port } = new URL(await gateway([upstream], { bodyLimitBytes: 10 }));

  const sending = request({ host: hostname, port, method: 'POST' });
  sending.on('error', () => {});
  sending.write('x'.repeat(6));
  sending.write('x'.repeat(6));
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];

  expect(answer.statusCode).toBe(413);
  sending.destroy();
});

test.each([
  ['raw bytes', addPicture, 10_485_760],
  ['a long JSON', changePage, 1_048_576],
])('an operation that takes %s has a limit of its own', async (_, operation, limitBytes) => {
  const hashes: string[] = [];
  const upstream = await service(async (req, res) => {
    const hash = createHash('sha256');
    for await (const chunk of req) hash.update(chunk as Buffer);
    hashes.push(hash.digest('hex'));
    res.end();
  });
  const url = await gateway([upstream], { bodyLimitBytes: 10, operation });
  const send = (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body: bytes, headers });
  const whole = noise(limitBytes);

  const key = { 'idempotency-key': crypto.randomUUID() };
  expect((await send(whole, {})).status).toBe(200);
  expect((await send(whole, key)).status).toBe(200);
  const sent = createHash('sha256').update(whole).digest('hex');
  expect(hashes).toEqual([sent, sent]);

  const refused = await send(noise(limitBytes + 1), {});
  expect(refused.status).toBe(413);
  expect(await refused.json()).toMatchObject({ code: 'body_too_large' });
  expect(hashes).toHaveLength(2);
});

test('an answer of any bytes passes unchanged, and so do the headers that caches go by', async () => {
  const picture = noise(1_000_003);
  const upstream = await service((_, res) => {
    res.writeHead(200, {
      'content-type': 'image/avif',
      'content-length': picture.length,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    res.end(picture);
  });

  const answer = await fetch(await gateway([upstream]));

  expect(Buffer.from(await answer.arrayBuffer()).equals(picture)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/avif',
    'content-length': '1000003',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  expect(answer.headers.get('content-encoding')).toBeNull();
});

test.each([
  ['both a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
  ['two lengths', 'Content-Length: 4\r\nContent-Length: 5'],
  ['a length with a sign', 'Content-Length: +4'],
  ['an unknown transfer coding', 'Transfer-Encoding: chunked, weird'],
  ['a folded header', 'X-Folded: a\r\n b'],
])('a request with %s never reaches a service', async (_, headers) => {
  let calls = 0;
  const upstream = await service((_req, res) => {
    calls += 1;
    res.end();
  });
  const { hostname, port } = new URL(await gateway([upstream]));

  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`POST /api/x HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n0\r\n\r\n`);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await Promise.race([once(socket, 'close'), sleep(30_000)]);
  socket.destroy();

  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(calls).toBe(0);
});
