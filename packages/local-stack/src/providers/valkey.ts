import { mkdirSync } from 'node:fs';
import { startChild } from './child.ts';
import { onPath } from './on-path.ts';
import { untilListening } from './ports.ts';
import type { Provided } from './provider.ts';

/** Valkey, or Redis, whose protocol it speaks. */
const programs = ['valkey-server', 'redis-server'];

/** The first program on the PATH that speaks Redis' protocol. */
export async function findValkey(): Promise<string | undefined> {
  for (const program of programs) if (await onPath(program)) return program;
  return undefined;
}

/** On 127.0.0.1 only, in memory: what it counts is of no use after a minute. */
export async function startValkey({
  program,
  port,
  folder,
}: {
  program: string;
  port: number;
  folder: string;
}): Promise<Provided> {
  mkdirSync(folder, { recursive: true });
  const child = startChild(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    {},
  );
  try {
    await untilListening(port, { waitMs: 30_000, gaveUp: child.ended });
  } catch (cause) {
    await child.stop(1_000);
    throw new Error(`${program} did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    provider: program,
    stop: () => child.stop(10_000),
    ended: child.ended,
  };
}
