import type { IncomingMessage } from 'node:http';
import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import type { SecurityEvent } from '@guichet/telemetry/security-events';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { startOwnValkey } from '@guichet/valkey/valkey-server-test';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectLimits } from './connect-limits.ts';
import { createRateLimits } from './rate-limits.ts';

const patience = { timeout: 30_000, interval: 50 };
const settings = { requestsPerSecond: 1, signInsPerMinute: 3 };
const budget = settings.requestsPerSecond * 10;

/** A server of the test's own: it is ended and refuses here, and nobody else may feel that. */
async function startServer() {
  const server = await startOwnValkey();
  const admin = new Redis(server.url);
  const counted = async (section: string, what: RegExp) =>
    [...(await admin.info(section)).matchAll(what)].reduce((sum, [, n]) => sum + Number(n), 0);
  admin.on('error', () => {});
  onTestFinished(() => admin.disconnect());
  return {
    ...server,
    admin,
    connections: () => counted('stats', /total_connections_received:(\d+)/g),
    scripts: () => counted('commandstats', /cmdstat_eval(?:sha)?:calls=(\d+)/g),
  };
}

/** The limits of one gateway. It waits long where nothing is silent, since this machine may be busy. */
function startGateway(url: string, answerMs = 10_000) {
  const logger = createLogger({ service: 'gateway', level: 'silent' });
  const warned = vi.spyOn(logger, 'warn');
  const informed = vi.spyOn(logger, 'info');
  const metrics = createMetrics({ service: 'gateway' });
  const valkey = connectLimits({ url, logger, metrics, answerMs });
  onTestFinished(() => valkey.close());
  const limits = createRateLimits(() => settings, { valkey, noteSecurityEvent: () => {} });
  return {
    warned,
    informed,
    untilShared: () => vi.waitFor(() => expect(valkey.usable).toBe(true), patience),
    isShared: async () =>
      (await metrics.registry.getSingleMetric('guichet_limits_shared')?.get())?.values[0]?.value,
    /** How many of `count` requests come through; whatever else than a refusal goes wrong is thrown. */
    async ask(count: number, { from = '192.0.2.1', operation = 'listOfferings' } = {}) {
      let passed = 0;
      for (let nth = 0; nth < count; nth += 1) {
        const request = { method: 'POST' } as IncomingMessage;
        await limits.check(request, operation, from).then(
          () => {
            passed += 1;
          },
          (error: { status?: number }) => {
            if (error.status !== 429) throw error;
          },
        );
      }
      return passed;
    },
  };
}

test('two gateways share the budget of an address, and that of its sign-ins', async () => {
  const { url } = await startServer();
  const [one, two] = [startGateway(url), startGateway(url)];
  await Promise.all([one.untilShared(), two.untilShared()]);

  const passed = await Promise.all([one.ask(budget), two.ask(budget)]);
  expect(passed[0] + passed[1]).toBe(budget);
  expect(await one.ask(1, { from: '192.0.2.2' })).toBe(1);

  const from = '192.0.2.3';
  const signIns = [
    await one.ask(2, { from, operation: 'login' }),
    await two.ask(2, { from, operation: 'login' }),
  ];
  expect(signIns).toEqual([2, 1]);
  expect(await one.isShared()).toBe(1);
});

test('whoever is refused is noted, each time', async () => {
  const noted: SecurityEvent[] = [];
  const noteSecurityEvent = (event: SecurityEvent) => void noted.push(event);
  const limits = createRateLimits(() => settings, { noteSecurityEvent });
  const login = () =>
    limits
      .check({ method: 'POST' } as IncomingMessage, 'login', '192.0.2.1')
      .catch(() => 'refused');

  for (let nth = 0; nth < settings.signInsPerMinute; nth += 1) await login();
  expect(noted).toEqual([]);
  expect([await login(), await login()]).toEqual(['refused', 'refused']);

  expect(noted).toEqual(['rate_limited', 'rate_limited']);
});

test('without Valkey each counts for itself and nobody gets an error; with it they share again', async () => {
  const server = await startServer();
  const [one, two] = [startGateway(server.url), startGateway(server.url)];
  await Promise.all([one.untilShared(), two.untilShared()]);

  await server.stop();
  expect(await one.ask(budget + 5)).toBe(budget);
  expect(await two.ask(budget + 5)).toBe(budget);
  expect(await one.isShared()).toBe(0);

  await server.restart();
  await Promise.all([one.untilShared(), two.untilShared()]);
  const from = '192.0.2.2';
  const passed = await Promise.all([one.ask(budget, { from }), two.ask(budget, { from })]);
  expect(passed[0] + passed[1]).toBe(budget);

  for (const { warned, informed } of [one, two]) {
    expect(warned).toHaveBeenCalledTimes(1);
    expect(informed.mock.calls.map((call) => call.at(-1))).toEqual([
      'Rate limits are shared through Valkey',
      'Rate limits are shared through Valkey',
    ]);
  }
});

test('a gateway begins without Valkey, and shares as soon as there is one', async () => {
  const server = await startServer();
  await server.stop();
  const gateway = startGateway(server.url);
  expect(await gateway.ask(budget + 1)).toBe(budget);
  await vi.waitFor(() => expect(gateway.warned).toHaveBeenCalledTimes(1), patience);

  await server.restart();
  await gateway.untilShared();
  expect(gateway.warned).toHaveBeenCalledTimes(1);
});

test('a Valkey that has gone silent delays who asks first, and nobody after', async () => {
  const server = await startServer();
  const proxy = await startFaultProxy(server.url);
  onTestFinished(() => proxy.close());
  const gateway = startGateway(proxy.through(server.url), 3_000);
  await gateway.untilShared();

  proxy.add({ type: 'timeout', timeoutMs: 0 });
  expect(await gateway.ask(1)).toBe(1);
  const began = performance.now();
  expect(await gateway.ask(200)).toBe(budget - 1);
  // Were each of them to wait for an answer, they would take ten minutes.
  expect(performance.now() - began).toBeLessThan(30_000);

  proxy.clear();
  await gateway.untilShared();
  expect(gateway.warned).toHaveBeenCalledTimes(1);
});

test('one that answers, but refuses to count, is as good as gone', async () => {
  const { url, admin, scripts } = await startServer();
  const gateway = startGateway(url);
  await gateway.untilShared();

  await admin.config('SET', 'maxmemory', '1');
  expect(await gateway.ask(budget + 5)).toBe(budget);
  // Asked by its hash and then in full, once: nobody asks one that refuses.
  expect(await scripts()).toBeLessThanOrEqual(2);
  expect(gateway.warned.mock.calls).toEqual([
    [
      { reason: expect.stringContaining('OOM') },
      'Valkey cannot be used: until it can, each gateway limits for itself',
    ],
  ]);

  await admin.config('SET', 'maxmemory', '0');
  await gateway.untilShared();
});

test('after a failover, the one that is no primary any more is left', async () => {
  const { url, admin, connections } = await startServer();
  const gateway = startGateway(url);
  await gateway.untilShared();
  const before = await connections();

  await admin.replicaof('127.0.0.1', '1');
  expect(await gateway.ask(budget + 5)).toBe(budget);
  await vi.waitFor(async () => expect(await connections()).toBeGreaterThan(before), patience);
  await admin.replicaof('NO', 'ONE');
  await gateway.untilShared();

  expect(gateway.warned).toHaveBeenCalledTimes(1);
});

test('a wrong password is told, and never written down', async () => {
  const { url, admin } = await startServer();
  await admin.config('SET', 'requirepass', 'the right one');
  const wrong = new URL(url);
  wrong.password = 'hunter2';
  const gateway = startGateway(wrong.href);

  await vi.waitFor(() => expect(gateway.warned).toHaveBeenCalledTimes(1), patience);
  expect(JSON.stringify(gateway.warned.mock.calls)).toContain('WRONGPASS');
  expect(JSON.stringify(gateway.warned.mock.calls)).not.toContain('hunter2');
  expect(await gateway.ask(budget + 1)).toBe(budget);
});

test('a limit that is raised counts at once, for who was refused too', async () => {
  const { url } = await startServer();
  const gateway = startGateway(url);
  await gateway.untilShared();
  expect(await gateway.ask(budget + 5)).toBe(budget);

  settings.requestsPerSecond = 2;
  onTestFinished(() => {
    settings.requestsPerSecond = 1;
  });

  expect(await gateway.ask(budget + 20)).toBe(budget);
});
