import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { listening } from './listening.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Sends back what it gets. */
const echo = async (): Promise<FaultProxy> => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  });
  const { port } = await listening(server);
  ends.push(() => server.close());
  const proxy = await startFaultProxy(`127.0.0.1:${port}`);
  ends.push(proxy.close);
  return proxy;
};

const open = async (proxy: FaultProxy): Promise<Socket> => {
  const socket = connect({ host: '127.0.0.1', port: proxy.port, allowHalfOpen: true });
  ends.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
};

const read = async (socket: Socket, bytes: number): Promise<string> => {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.length >= bytes) break;
  }
  return text;
};

const exchange = async (socket: Socket, text: string): Promise<number> => {
  const startedAt = performance.now();
  const answer = read(socket, text.length);
  socket.write(text);
  expect(await answer).toBe(text);
  return performance.now() - startedAt;
};

test('passes everything on when nothing is to go wrong', async () => {
  const socket = await open(await echo());

  await exchange(socket, 'x'.repeat(3_000_000));
  socket.end('last');

  expect(await read(socket, 4)).toBe('last');
});

test('delays what passes, and stops delaying when the toxic is taken away', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  const remove = proxy.add({ type: 'latency', latencyMs: 500 });
  expect(await exchange(socket, 'slow')).toBeGreaterThan(480);
  remove();

  // Longer than any test waits.
  proxy.add({ type: 'latency', latencyMs: 3_600_000 })();
  await exchange(socket, 'fast');
});

test('delays a long stream once, and not once per piece', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'latency', latencyMs: 1_500 });

  // 2 MB come in more than thirty pieces.
  expect(await exchange(socket, 'x'.repeat(2_000_000))).toBeLessThan(30_000);
});

test('lets no more through than the bandwidth', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'bandwidth', kilobytesPerSecond: 100 });

  expect(await exchange(socket, 'x'.repeat(50_000))).toBeGreaterThan(450);
});

test('cuts what passes into small pieces', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'slicer', averageBytes: 10, delayMs: 1 });
  const pieces: number[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece.length));

  await exchange(socket, 'x'.repeat(200));

  expect(pieces.length).toBeGreaterThan(5);
});

test('ends the connection once the limit has passed', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'limit_data', bytes: 5 });

  socket.write('123456789');

  expect(await read(socket, 9)).toBe('12345');
});

test('resets the connection', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  await exchange(socket, 'hello');

  const broken = once(socket, 'error');
  proxy.add({ type: 'reset_peer', timeoutMs: 0 });

  expect(await broken).toMatchObject([{ code: 'ECONNRESET' }]);
});

test('leaves a half-open connection that answers nothing', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'timeout', timeoutMs: 0 });
  const heard = vi.fn();
  socket.on('data', heard);

  socket.write('is anybody there?');
  await sleep(300);

  expect(heard).not.toHaveBeenCalled();
  expect(socket.destroyed).toBe(false);
});

test('holds the end of a connection back', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  proxy.add({ type: 'slow_close', delayMs: 300 });

  const startedAt = performance.now();
  socket.end('bye');
  expect(await read(socket, 10)).toBe('bye');

  expect(performance.now() - startedAt).toBeGreaterThan(280);
});

test('meets only the part of the connections that it is told to', async () => {
  const proxy = await echo();
  proxy.add({ type: 'timeout', timeoutMs: 0, toxicity: 0 });

  await exchange(await open(proxy), 'nothing happens');
});

test('stops as a server that is gone, and starts again on the same port', async () => {
  const proxy = await echo();
  const socket = await open(proxy);
  const broken = once(socket, 'error');

  await proxy.stop();
  await broken;
  await expect(open(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

  await proxy.start();
  await exchange(await open(proxy), 'back');
  await vi.waitFor(() => expect(proxy.connections()).toBe(1), { timeout: 20_000 });
});
