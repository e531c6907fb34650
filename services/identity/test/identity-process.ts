import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listening } from '@guichet/testing/listening';

const folder = join(import.meta.dirname, '..');

/** A port that is free now: a process must know its own before it starts, to name its keys. */
export async function freePort(): Promise<number> {
  const { port, close } = await listening(createServer());
  await close();
  return port;
}

export type IdentityProcess = {
  url: string;
  managementUrl: string;
  child: ChildProcess;
  /** What it said so far, both streams. */
  output(): string;
  /** Ends it as Kubernetes does; answers the exit code. */
  stop(): Promise<number | null>;
};

export function runNode(file: string, env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ['--import', '@guichet/telemetry/register', join('src', file)],
    { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk;
    });
  }
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return { child, closed, output: () => said };
}

/** The service as it runs everywhere: `main.ts`, its settings in the environment. */
export async function startIdentity(env: Record<string, string>): Promise<IdentityProcess> {
  const [port, managementPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const { child, closed, output } = runNode('main.ts', {
    PORT: String(port),
    MANAGEMENT_PORT: String(managementPort),
    JWKS_URL: `${url}/.well-known/jwks.json`,
    DRAIN_MS: '0',
    ...env,
  });
  return {
    url,
    managementUrl: `http://127.0.0.1:${managementPort}`,
    child,
    output,
    async stop() {
      child.kill('SIGTERM');
      return closed;
    },
  };
}
