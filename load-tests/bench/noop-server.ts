import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { type Running, runNode } from '@guichet/local-stack/stack/processes';

/** A server that does nothing, in a process of its own, and where it books. */
export async function startNoop(): Promise<{ url: URL; running: Running }> {
  const port = await freePorts(1);
  const running = runNode({
    name: 'noop',
    args: [join(import.meta.dirname, 'noop.ts')],
    cwd: import.meta.dirname,
    env: { PORT: String(port), NODE_ENV: 'production' },
    logs: () => {},
  });
  const url = new URL(`http://127.0.0.1:${port}/api/bookings`);
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) break;
    if (tries === 100) throw new Error('The no-op server does not start.');
    await sleep(50);
  }
  return { url, running };
}
