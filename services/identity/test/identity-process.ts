import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listening } from '@guichet/testing/listening';
import { onPort } from '@guichet/testing/service-process';
import { expect, onTestFinished, vi } from 'vitest';

const folder = join(import.meta.dirname, '..');
const patience = { timeout: 60_000, interval: 100 };

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

/** The ports that it says it listens at, once it does. */
const portsIn = (output: () => string): Promise<{ port: number; managementPort: number }> =>
  vi.waitFor(() => {
    const line = output()
      .split('\n')
      .find((one) => one.includes('identity is listening'));
    expect(line, output()).toBeDefined();
    return JSON.parse(line ?? '');
  }, patience);

/**
 * The service as it runs everywhere: `main.ts`, its settings in the environment, on ports that are
 * free. It must know where its keys are before it has one, so they are asked for by way of here.
 */
export async function startIdentity(env: Record<string, string>): Promise<IdentityProcess> {
  let url = '';
  const keys = await listening(
    createServer(async (_, res) => {
      const answer = await fetch(`${url}/.well-known/jwks.json`);
      res.writeHead(answer.status, { 'content-type': 'application/json' });
      res.end(await answer.text());
    }),
  );
  onTestFinished(keys.close);
  const { child, closed, output } = runNode('main.ts', {
    PORT: '0',
    MANAGEMENT_PORT: '0',
    JWKS_URL: keys.url,
    DRAIN_MS: '0',
    ...env,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { port, managementPort } = await portsIn(output);
  url = onPort(port);
  return {
    url,
    managementUrl: onPort(managementPort),
    child,
    output,
    async stop() {
      child.kill('SIGTERM');
      return closed;
    },
  };
}
