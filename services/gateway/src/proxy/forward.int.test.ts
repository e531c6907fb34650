import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '@guichet/contracts/operation';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { Problem, sendProblem } from '@guichet/http/problem';
import { listening } from '@guichet/testing/listening';
import { afterEach, expect, test } from 'vitest';
import { createUpstreams } from '../upstreams/upstreams.ts';
import { BrokenAnswer } from './exchange.ts';
import { createForward } from './forward.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  const { url, close } = await listening(server);
  closing.push(close);
  return url;
}

const service = (answer: (req: IncomingMessage, res: ServerResponse) => void) =>
  listen(createServer(answer));

const operation = { id: 'test', service: 'reservation', responses: {} } as unknown as Operation;

async function gateway(addresses: string[], settings: { bodyLimitBytes?: number } = {}) {
  const upstreams = createUpstreams({
    discovery: createStaticDiscovery(`reservation=${addresses.join('|')}`),
    settings: {
      connections: 16,
      connectTimeoutMs: 500,
      idleMs: 1_000,
      failuresToOpen: 3,
      openMs: 60_000,
    },
  });
  closing.push(() => upstreams.close());
  const forward = createForward({
    upstreams,
    settings: {
      bodyLimitBytes: 1_000_000,
      keptBodyBytes: 65_536,
      upstreamTimeoutMs: 2_000,
      ...settings,
    },
  });
  return listen(
    createServer((req, res) => {
      forward(req, res, operation, {
        requestId: 'r',
        deadline: Date.now() + 2_000,
        host: 'guichet.test',
        protocol: 'http',
        clientAddress: '192.0.2.1',
      }).catch((error: unknown) => {
        if (error instanceof BrokenAnswer || res.headersSent) res.destroy();
        else if (error instanceof Problem) sendProblem(res, error);
        else res.writeHead(500).end(String(error));
      });
    }),
  );
}

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

  await expect(Promise.race([left, sleep(10_000, 'still open')])).resolves.not.toBe('still open');
});

test('an answer that breaks off breaks off for the client too, instead of looking whole', async () => {
  const upstream = await service((_, res) => {
    res.writeHead(200, { 'content-length': '100' });
    res.write('half');
    setTimeout(() => res.destroy(), 50);
  });

  const answer = await fetch(await gateway([upstream]));

  await expect(answer.text()).rejects.toThrow();
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
  await Promise.race([once(socket, 'close'), sleep(5_000)]);
  socket.destroy();

  expect(answer).toMatch(/^HTTP\/1\.1 400/);
  expect(calls).toBe(0);
});
