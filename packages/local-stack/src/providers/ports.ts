import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Below where Linux takes the ports of outgoing connections from, which come and go by chance. */
const lowest = 10_000;
const highest = 32_000;

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/**
 * The first of `count` ports in a row that nobody listens on now. Somebody may a moment later: for
 * tests, not for promises.
 */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const first = lowest + Math.floor(Math.random() * (highest - lowest - count));
    const row = Array.from({ length: count }, (_, nth) => canListen(first + nth));
    if (!(await Promise.all(row)).includes(false)) return first;
  }
  throw new Error(`There are no ${count} free ports in a row.`);
}

export async function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  const socket = connect({ port, host });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Waits until something listens, or rejects after `waitMs`, or as soon as `gaveUp` resolves. */
export async function untilListening(
  port: number,
  { waitMs, gaveUp }: { waitMs: number; gaveUp: Promise<string> },
): Promise<void> {
  let last: string | undefined;
  gaveUp.then((said) => {
    last = said || 'without a word';
  });
  for (const until = Date.now() + waitMs; ; await sleep(100)) {
    if (await isListening(port)) return;
    if (last !== undefined) throw new Error(`it ended while starting: ${last}`);
    if (Date.now() > until) throw new Error(`nothing listens on port ${port} after ${waitMs} ms`);
  }
}
