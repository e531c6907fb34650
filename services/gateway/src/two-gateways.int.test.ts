import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startChild } from '@guichet/local-stack/providers/child';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { findValkey, startValkey } from '@guichet/local-stack/providers/valkey';
import { createVhost } from '@guichet/testing/vhost';
import { expect, onTestFinished, test, vi } from 'vitest';

const patience = { timeout: 60_000, interval: 100 };

/** Answers every call, as every service. */
async function startServices(): Promise<string> {
  const server = createServer((req, res) => req.resume().on('end', () => res.end('{}')));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The gateway as a process of its own, and what it logs. */
async function startGateway(env: Record<string, string>) {
  const child = startChild(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, PORT: '0', MANAGEMENT_PORT: '0', DRAIN_MS: '0', ...env },
  });
  onTestFinished(() => child.stop(20_000));
  const lines: { level: string; msg: string; port?: number }[] = [];
  createInterface({ input: child.process.stdout as NodeJS.ReadableStream }).on('line', (line) =>
    lines.push(JSON.parse(line)),
  );
  let end: string | undefined;
  child.ended.then((said) => {
    end = said;
  });
  const port = await vi.waitFor(() => {
    if (end) throw new Error(end);
    const listening = lines.find(({ msg }) => msg === 'gateway is listening');
    expect(listening).toBeDefined();
    return listening?.port as number;
  }, patience);
  return {
    port,
    times: (msg: string) => lines.filter((line) => line.msg.startsWith(msg)).length,
    warnings: () => lines.filter(({ level }) => level === 'warn' || level === 'error'),
  };
}

/** One after the other from one address; answers how often which status came. */
async function ask({ port }: { port: number }, count: number, localAddress: string) {
  const statuses: Record<number, number> = {};
  for (let nth = 0; nth < count; nth += 1) {
    const asking = request({ host: '127.0.0.1', port, path: '/api/offerings', localAddress });
    asking.end();
    const [answer] = await once(asking, 'response');
    answer.resume();
    await once(answer, 'end');
    statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
  }
  return statuses;
}

test('two gateways share one budget, hold their own without Valkey, and share again', async () => {
  const program = await findValkey();
  if (!program) throw new Error('There is no Valkey here: apt-get install redis-server.');
  const folder = mkdtempSync(join(tmpdir(), 'guichet-valkey-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [port, services, vhost] = [await freePorts(1), await startServices(), await createVhost()];
  onTestFinished(() => vhost.drop());
  const start = () => startValkey({ program, port, folder });
  let valkey = await start();
  onTestFinished(() => valkey.stop());
  const env = {
    ISSUER_URL: 'http://localhost:8080',
    PUBLIC_URL: 'http://localhost:8080',
    JWKS_URL: services,
    TOKEN_URL: services,
    SERVICE_CLIENT_ID: 'gateway',
    SERVICE_CLIENT_SECRET: 'a secret of this test',
    LINE_TOKEN_KEYS: `1:${Buffer.alloc(32).toString('base64')}`,
    WAITING_ROOM: 'off',
    SERVICES: `catalog=${services}`,
    MANAGEMENT: `catalog=${services}`,
    MESSAGES_URL: vhost.url,
    VALKEY_URL: valkey.url,
    // This machine may be busy, and a late answer is no outage here.
    VALKEY_ANSWER_MS: '10000',
    REQUESTS_PER_SECOND: '2',
  };
  const [one, two] = await Promise.all([startGateway(env), startGateway(env)]);
  const shared = 'Rate limits are shared through Valkey';
  const untilShared = (times: number) =>
    vi.waitFor(
      () => expect([one.times(shared), two.times(shared)]).toEqual([times, times]),
      patience,
    );
  const both = (count: number, from: string) =>
    Promise.all([ask(one, count, from), ask(two, count, from)]);

  await untilShared(1);
  const [a, b] = await both(15, '127.0.0.2');
  expect((a?.[200] ?? 0) + (b?.[200] ?? 0)).toBe(20);
  expect((a?.[429] ?? 0) + (b?.[429] ?? 0)).toBe(10);

  await valkey.stop();
  expect(await both(25, '127.0.0.3')).toEqual([
    { 200: 20, 429: 5 },
    { 200: 20, 429: 5 },
  ]);

  valkey = await start();
  await untilShared(2);
  const [c, d] = await both(15, '127.0.0.4');
  expect((c?.[200] ?? 0) + (d?.[200] ?? 0)).toBe(20);

  for (const gateway of [one, two]) {
    // Besides what it says of an address that is limited, each once in a while.
    expect(gateway.warnings().filter(({ msg }) => !msg.startsWith('an address asks'))).toEqual([
      expect.objectContaining({
        level: 'warn',
        msg: expect.stringContaining('Valkey cannot be used'),
      }),
    ]);
  }
});
