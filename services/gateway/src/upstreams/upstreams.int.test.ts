import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { expect, test, vi } from 'vitest';
import { gatewayTo, listen, service } from '../proxy/forward-test.ts';
import { createUpstreams } from './upstreams.ts';

const to = (addresses: string[], settings?: { bodyLimitBytes?: number; openMs?: number }) =>
  gatewayTo(createStaticDiscovery(`reservation=${addresses.join('|')}`), settings);

/** An address that refuses connections. */
async function nobody(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  server.close();
  return url;
}

const echo = () =>
  service(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    res.end(body);
  });

test('an endpoint that is gone costs no request, not even one that may not be sent twice', async () => {
  const url = await to([await nobody(), await echo()]);

  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, nth) => {
      const answer = await fetch(url, { method: 'POST', body: `order ${nth}` });
      return `${answer.status} ${await answer.text()}`;
    }),
  );

  expect(answers).toEqual(Array.from({ length: 20 }, (_, nth) => `200 order ${nth}`));
});

test('a body that says no length arrives whole at the next endpoint', async () => {
  const url = await to([await nobody(), await echo()]);

  for (let nth = 0; nth < 6; nth += 1) {
    const sending = request(url, { method: 'POST' });
    sending.write('first,');
    setTimeout(() => sending.end('last'), 20);
    const [answer] = await once(sending, 'response');
    let text = '';
    for await (const chunk of answer) text += chunk;
    expect(text).toBe('first,last');
  }
});

test('an endpoint that has come back is asked again', async () => {
  const steady = await service((_, res) => res.end('steady'));
  const gone = await nobody();
  const url = await to([gone, steady], { openMs: 200 });
  const answers = () =>
    Promise.all(Array.from({ length: 10 }, async () => (await fetch(url)).text()));

  expect(new Set(await answers())).toEqual(new Set(['steady']));
  const back: Server = createServer((_, res) => res.end('back'));
  await listen(back, Number(new URL(gone).port));

  await vi.waitFor(async () => expect(await answers()).toContain('back'), { timeout: 20_000 });
});

test('clients that hang up do not put the service out of the others’ reach', async () => {
  const asked: string[] = [];
  const url = await to([
    await service((req, res) => {
      asked.push(req.url ?? '');
      if (req.url !== '/slow') res.end('quick');
    }),
  ]);
  const { hostname, port } = new URL(url);

  for (let nth = 1; nth <= 10; nth += 1) {
    const socket = connect(Number(port), hostname);
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await vi.waitFor(() => expect(asked).toHaveLength(nth), { timeout: 20_000 });
    socket.destroy();
  }
  await sleep(100);

  expect(await (await fetch(url)).text()).toBe('quick');
});

test('nor do those that send too much', async () => {
  const url = await to([await echo()], { bodyLimitBytes: 10 });

  for (let nth = 0; nth < 10; nth += 1) {
    const sending = request(url, { method: 'POST' });
    sending.on('error', () => {});
    sending.write('x'.repeat(6));
    sending.write('x'.repeat(6));
    const [answer] = await once(sending, 'response');
    expect(answer.statusCode).toBe(413);
    sending.destroy();
  }

  expect((await fetch(url)).status).toBe(200);
});

test('an endpoint that stays keeps what is known of it, one that goes is closed', async () => {
  let addresses = ['http://127.0.0.1:1', 'http://127.0.0.1:2'];
  let tell = (_service: string) => {};
  const upstreams = createUpstreams({
    discovery: {
      addresses: () => addresses.map((address) => new URL(address)),
      onChange(listener) {
        tell = listener;
        return () => {};
      },
      close: async () => {},
    },
    settings: {
      connections: 1,
      connectTimeoutMs: 100,
      idleMs: 100,
      failuresToOpen: 1,
      openMs: 100,
    },
  });
  const known = () => [upstreams.choose('catalog'), upstreams.choose('catalog')];
  const first = upstreams.choose('catalog');
  const other = upstreams.choose('catalog', first && { besides: first });

  addresses = [String(first?.url)];
  tell('catalog');
  expect(known()).toEqual([first, first]);
  expect(other?.pool.closed).toBe(true);

  addresses = [String(first?.url), String(other?.url)];
  tell('catalog');
  expect(upstreams.choose('catalog', first && { besides: first })).not.toBe(other);
  await upstreams.close();
  expect(first?.pool.closed).toBe(true);
});
