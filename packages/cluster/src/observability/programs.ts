import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tools } from './rendered.ts';

/** The collector is called otelcol-contrib in its image, and otelcol by some who build it. */
export async function collectorProgram(): Promise<string> {
  for (const name of ['otelcol-contrib', 'otelcol']) {
    const found = await tools.run(name, ['--version']).catch(() => undefined);
    if (found) return name;
  }
  throw new Error(
    'The collector is not on the PATH: install otelcol-contrib, or name CLUSTER_KIT.',
  );
}

/** Writes files below a folder, and gives the path of each. */
export function writeFiles(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return [name, path];
    }),
  );
}

export type Sink<T> = { readonly url: string; readonly received: T[]; close(): void };

/** Somebody who takes what a collector exports as JSON. */
export async function startSink<T>(): Promise<Sink<T>> {
  const received: T[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close: () => server.close() };
}

/** Runs a collector on these configurations, the later ones over the earlier, until it is ended. */
export async function runCollector(configs: readonly string[], health: number) {
  const args = configs.flatMap((config) => ['--config', config]);
  const child = spawn(await collectorProgram(), args, { env: tools.env, stdio: 'pipe' });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  for (let nth = 0; nth < 100; nth += 1) {
    if (child.exitCode !== null) throw new Error(`The collector has ended:\n${said}`);
    const answer = await fetch(`http://127.0.0.1:${health}`).catch(() => undefined);
    if (answer?.ok) break;
    await sleep(100);
  }
  return {
    said: () => said,
    async end() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
