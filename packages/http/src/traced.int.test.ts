import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { operation } from '@guichet/contracts/operation';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { keepSpans } from '@guichet/telemetry/tracing-test';
import { listening } from '@guichet/testing/listening';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { type RunningApp, startApp } from './service-app-test.ts';
import { createServiceClient } from './service-client.ts';

const spans = keepSpans();
let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
beforeEach(() => spans.reset());
afterAll(() => app.close());

const traceId = '0af7651916cd43dd8448eb211c80319c';
const caller = 'b7ad6b7169203331';
const traced = (flags: string) => ({ traceparent: `00-${traceId}-${caller}-${flags}` });
const ended = (count = 1) =>
  vi.waitFor(() => {
    const all = spans.getFinishedSpans().filter(({ kind }) => kind === SpanKind.SERVER);
    expect(all).toHaveLength(count);
    return all;
  });

/** By Node's own client, which has no spans, unlike `fetch`. */
function order(headers: IncomingHttpHeaders) {
  return request(`${app.url}/orders/ab?secret=1`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer manager',
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...headers,
    },
  });
}
async function answerTo(body: string, headers: IncomingHttpHeaders = traced('01')) {
  const [answer] = await once(order(headers).end(body), 'response');
  return (await json(answer)) as { traceId?: string };
}

test('a request is one span, named by its route, in the trace of its caller', async () => {
  await answerTo('{"places":1}');

  expect(await ended()).toMatchObject([
    {
      name: 'POST /orders/{id}',
      kind: SpanKind.SERVER,
      parentSpanContext: { traceId, spanId: caller },
      status: { code: SpanStatusCode.UNSET },
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/orders/{id}',
        'http.response.status_code': 201,
        'server.address': '127.0.0.1',
        'url.path': '/orders/ab',
        'url.scheme': 'http',
      },
    },
  ]);
  expect(JSON.stringify(spans.getFinishedSpans()[0]?.attributes)).not.toContain('secret');
});

test('the trace is known to the end, however late the body comes', async () => {
  const asking = order(traced('01'));
  asking.write('{"places"');
  await vi.waitFor(() => expect(asking.socket?.bytesWritten).toBeGreaterThan(0));
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
  const [answer] = await once(asking.end(':13}'), 'response');

  expect(await json(answer)).toMatchObject({ code: 'sold_out', traceId });
});

test.each([
  ['{"places":13}', 409, SpanStatusCode.UNSET, undefined],
  ['{"places":14}', 500, SpanStatusCode.ERROR, '500'],
])(
  'what is answered to %s is %i, and an error only where it is ours',
  async (body, status, code, type) => {
    await answerTo(body);

    const [span] = await ended();
    expect(span?.status.code).toBe(code);
    expect(span?.attributes['http.response.status_code']).toBe(status);
    expect(span?.attributes['error.type']).toBe(type);
  },
);

test('a client that leaves ends the span all the same', async () => {
  const asking = order(traced('01')).on('error', () => {});
  asking.write('{"places"');
  await vi.waitFor(() => expect(asking.socket?.bytesWritten).toBeGreaterThan(0));
  asking.destroy();

  const [span] = await ended();
  expect(span?.attributes['error.type']).toBe('aborted');
});

test('whoever watches is not traced, not even behind a request on its connection', async () => {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.end(
    `GET /nowhere HTTP/1.1\r\nhost: x\r\ntraceparent: ${traced('01').traceparent}\r\n\r\n` +
      'GET /health/ready HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
  );
  const bodies = (await text(socket)).match(/^\{.*?\}/gm);

  expect(bodies).toEqual([
    expect.stringContaining(traceId),
    expect.not.stringContaining('traceId'),
  ]);
  await ended(1);
});

test('what is not sampled is known by its trace, and leaves no span', async () => {
  expect(await answerTo('{"places":13}', traced('00'))).toMatchObject({ traceId });
  await answerTo('{"places":1}');

  await ended(1);
});

test.each(['00', '01'])('calls carry the trace on once, with the flags %s', async (flags) => {
  const look = operation({
    id: 'look',
    service: 'catalog',
    method: 'get',
    path: '/look',
    summary: 'Look',
    access: 'service',
    responses: { 200: z.object({}) },
  });
  const heard: unknown[] = [];
  const called = await listening(
    createServer((req, res) => {
      heard.push(req.headersDistinct.traceparent);
      res.end('{}');
    }),
  );
  const client = createServiceClient({
    service: 'catalog',
    discovery: createStaticDiscovery(`catalog=${called.url}`),
  });
  const calling = await listening(
    createServer(async (_, res) => {
      await client.call(look, {});
      res.end();
    }),
  );
  onTestFinished(async () => {
    await client.close();
    await Promise.all([called.close(), calling.close()]);
  });
  await once(request(calling.url, { headers: traced(flags) }).end(), 'response');

  expect(heard).toEqual([[expect.stringMatching(new RegExp(`^00-${traceId}-.{16}-${flags}$`))]]);
});
