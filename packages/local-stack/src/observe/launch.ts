import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { startChild } from '../providers/child.ts';
import { dockerRuns } from '../providers/docker.ts';
import { onPath } from '../providers/on-path.ts';
import { untilListening } from '../providers/ports.ts';
import type { Provided } from '../providers/provider.ts';

const run = promisify(execFile);

/** A program that watches, however it comes to run here. */
export type Part = {
  readonly name: string;
  /** What it is called on the PATH; the first that is there. */
  readonly programs: readonly string[];
  /** What Docker runs where none of them is there. */
  readonly image: string;
  readonly args: readonly string[];
  /** Where it answers, on 127.0.0.1. */
  readonly port: number;
  /** All that it reads and writes. */
  readonly folder: string;
  /** What Go's collector keeps it to. */
  readonly memoryMi: number;
};

type Start = { command: string; args: string[]; provider: string; name?: string };

/** On the machine's own network, since it asks what listens on 127.0.0.1 only. */
const inDocker = ({ name, image, args, port, folder, memoryMi }: Part): Start => {
  const container = `guichet-${name}-${port}`;
  const user = process.getuid ? ['--user', `${process.getuid()}:${process.getgid?.()}`] : [];
  const flags = ['--rm', '--network', 'host', '--name', container, '-v', `${folder}:${folder}`];
  const memory = ['-e', `GOMEMLIMIT=${memoryMi}MiB`];
  return {
    command: 'docker',
    args: ['run', ...flags, ...user, ...memory, image, ...args],
    provider: `docker ${image}`,
    name: container,
  };
};

async function howToStart(part: Part): Promise<Start | undefined> {
  for (const program of part.programs) {
    const command = await onPath(program);
    if (command) return { command, args: [...part.args], provider: program };
  }
  return (await dockerRuns()) ? inDocker(part) : undefined;
}

/** Starts it where its program or Docker is there, and answers `undefined` where neither is. */
export async function launch(part: Part): Promise<Provided | undefined> {
  const start = await howToStart(part);
  if (!start) return undefined;
  mkdirSync(part.folder, { recursive: true });
  const child = startChild(start.command, start.args, {
    cwd: part.folder,
    env: { ...process.env, GOMEMLIMIT: `${part.memoryMi}MiB` },
  });
  const stop = async () => {
    if (start.name) await run('docker', ['stop', start.name]).catch(() => {});
    await child.stop(10_000);
  };
  try {
    await untilListening(part.port, { waitMs: start.name ? 300_000 : 60_000, gaveUp: child.ended });
  } catch (cause) {
    await stop();
    throw new Error(`${part.name} did not start: ${(cause as Error).message}`, { cause });
  }
  return {
    url: `http://127.0.0.1:${part.port}`,
    provider: start.provider,
    stop,
    ended: child.ended,
  };
}
