import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStaticDiscovery } from '@guichet/discovery/static-discovery';
import { expect, test, vi } from 'vitest';
import { closeLater, gatewayTo, livePath, service } from './forward-test.ts';
import { createStreams } from './streams.ts';

const patience = { timeout: 20_000, interval: 20 };

/** A service that lets everybody listen, and the answers it has under way. */
async function liveService(head: () => number = () => 200) {
  const listeners: ServerResponse[] = [];
  const url = await service((req, res) => {
    if (req.url !== livePath) return res.end('called');
    res.writeHead(head(), { 'content-type': 'text/event-stream' });
    res.flushHeaders();
    listeners.push(res);
    return undefined;
  });
  return { discovery: createStaticDiscovery(`reservation=${url}`), listeners };
}

/** Listens as a page does, and collects what is heard. */
async function listenTo(gateway: string) {
  const aborter = new AbortController();
  closeLater(() => aborter.abort());
  const answer = await fetch(gateway + livePath, { signal: aborter.signal });
  const heard = { text: '', end: '' };
  const reading = (async () => {
    for await (const chunk of answer.body ?? []) heard.text += Buffer.from(chunk).toString();
  })();
  reading.then(
    () => {
      heard.end = 'ended';
    },
    () => {
      heard.end = 'broke off';
    },
  );
  return { status: answer.status, heard, leave: () => aborter.abort() };
}

test('its head comes before a byte of it, and it goes on past the deadline of a call', async () => {
  const { discovery, listeners } = await liveService();
  const deadlineMs = 4_000;
  const { status, heard } = await listenTo(await gatewayTo(discovery, { deadlineMs }));
  expect(status).toBe(200);

  listeners[0]?.write('first ');
  await vi.waitFor(() => expect(heard.text).toBe('first '), patience);
  // A call would have had to be answered, or to say something, by then.
  await sleep(deadlineMs + 500);
  listeners[0]?.write('last');

  await vi.waitFor(() => expect(heard.text).toBe('first last'), patience);
  expect(heard.end).toBe('');
});

test('a service that does not begin it is answered for when the deadline has passed', async () => {
  const silent = await service(() => {});
  const deadlineMs = 500;
  const gateway = await gatewayTo(createStaticDiscovery(`reservation=${silent}`), { deadlineMs });

  expect((await listenTo(gateway)).status).toBe(503);
});

test('a reader that leaves is gone from the service too', async () => {
  const { discovery, listeners } = await liveService();
  const { leave } = await listenTo(await gatewayTo(discovery));
  const gone = once(listeners[0] as ServerResponse, 'close');
  leave();

  await expect(Promise.race([gone, sleep(30_000, 'there')])).resolves.not.toBe('there');
});

test('a reader that does not read holds up its service, and nothing is kept for it meanwhile', async () => {
  const { discovery, listeners } = await liveService();
  const { hostname, port } = new URL(await gatewayTo(discovery));
  const socket = connect(Number(port), hostname).pause();
  closeLater(() => socket.destroy());
  socket.write(`GET ${livePath} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await vi.waitFor(() => expect(listeners).toHaveLength(1), patience);

  const [upstream] = listeners as [ServerResponse];
  const chunk = Buffer.alloc(1_048_576, 'x');
  // Far more than the sockets in between hold.
  for (let nth = 0; nth < 64; nth += 1) upstream.write(chunk);
  await sleep(1_000);

  expect(upstream.writableLength).toBeGreaterThan(32 * chunk.length);
});

test('listeners leave the connections to calls, however many there are', async () => {
  const { discovery } = await liveService();
  const gateway = await gatewayTo(discovery, { connections: 2 });
  await Promise.all(Array.from({ length: 20 }, () => listenTo(gateway)));

  const answers = await Promise.all(Array.from({ length: 10 }, () => fetch(`${gateway}/call`)));

  expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(
    Array(10).fill('called'),
  );
});

test('a stream that is the first to be let in again does not keep everybody else out', async () => {
  let isBroken = true;
  const listeners: ServerResponse[] = [];
  const url = await service((req, res) => {
    if (isBroken) return void req.socket.destroy();
    if (req.url !== livePath) return void res.end('called');
    res.writeHead(200).flushHeaders();
    listeners.push(res);
  });
  const gateway = await gatewayTo(createStaticDiscovery(`reservation=${url}`), { openMs: 200 });
  for (let nth = 0; nth < 5; nth += 1) await fetch(gateway, { method: 'POST' });
  isBroken = false;
  await sleep(250);

  expect((await listenTo(gateway)).status).toBe(200);
  expect(await (await fetch(`${gateway}/call`)).text()).toBe('called');
});

test('it ends for its reader, whole, when its service ends it and when the gateway does', async () => {
  const { discovery, listeners } = await liveService();
  const streams = createStreams();
  const gateway = await gatewayTo(discovery, {}, streams);
  const [one, two] = [await listenTo(gateway), await listenTo(gateway)];
  const gone = once(listeners[1] as ServerResponse, 'close');

  listeners[0]?.end('over');
  await vi.waitFor(() => expect(one.heard).toEqual({ text: 'over', end: 'ended' }), patience);
  expect(two.heard.end).toBe('');

  listeners[1]?.write('so far');
  await vi.waitFor(() => expect(two.heard.text).toBe('so far'), patience);
  streams.endAll();
  await vi.waitFor(() => expect(two.heard).toEqual({ text: 'so far', end: 'ended' }), patience);
  await expect(Promise.race([gone, sleep(30_000, 'there')])).resolves.not.toBe('there');
});

test('one that breaks off breaks off for its reader, who knows that it was not the end', async () => {
  const { discovery, listeners } = await liveService();
  const { heard } = await listenTo(await gatewayTo(discovery));
  listeners[0]?.write('half');
  await vi.waitFor(() => expect(heard.text).toBe('half'), patience);

  listeners[0]?.destroy();

  await vi.waitFor(() => expect(heard.end).toBe('broke off'), patience);
});
