import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port that nobody listens on now. Somebody may a moment later: for tests, not for promises. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
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
