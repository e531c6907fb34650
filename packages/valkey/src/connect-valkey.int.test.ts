import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { startFaultProxy } from '@guichet/testing/fault-proxy';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectValkey } from './connect-valkey.ts';
import { startOwnValkey } from './valkey-server-test.ts';

const patience = { timeout: 30_000, interval: 50 };

function connect(url: string, answerMs = 10_000) {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const warned = vi.spyOn(logger, 'warn');
  const informed = vi.spyOn(logger, 'info');
  const metrics = createMetrics({ service: 'test' });
  const valkey = connectValkey({
    url,
    answerMs,
    logger,
    metrics,
    probeKey: 'guichet:test:probe',
    gauge: { name: 'guichet_test_shared', help: '1 while it can be used' },
    words: { usable: 'It can be used', lost: 'It cannot be used' },
  });
  onTestFinished(() => valkey.close());
  return {
    valkey,
    warned,
    said: () => [...warned.mock.calls, ...informed.mock.calls].map((call) => call.at(-1)),
    gauge: async () =>
      (await metrics.registry.getSingleMetric('guichet_test_shared')?.get())?.values[0]?.value,
    untilUsable: () => vi.waitFor(() => expect(valkey.usable).toBe(true), patience),
    untilLost: () => vi.waitFor(() => expect(valkey.usable).toBe(false), patience),
  };
}

test('says once that it can be used, once that it cannot, and once that it can again', async () => {
  const server = await startOwnValkey();
  const one = connect(server.url);
  await one.untilUsable();
  expect(await one.gauge()).toBe(1);

  await server.stop();
  await one.untilLost();
  expect(await one.gauge()).toBe(0);
  await server.restart();
  await one.untilUsable();

  expect(one.said()).toEqual(['It cannot be used', 'It can be used', 'It can be used']);
});

test('one that falls silent is not asked again until it has answered', async () => {
  const server = await startOwnValkey();
  const proxy = await startFaultProxy(server.url);
  onTestFinished(() => proxy.close());
  const one = connect(proxy.through(server.url), 500);
  await one.untilUsable();

  proxy.add({ type: 'timeout', timeoutMs: 0 });
  await one.valkey.client.get('anything').catch(one.valkey.failed);
  expect(one.valkey.usable).toBe(false);

  proxy.clear();
  await one.untilUsable();
  expect(one.warned).toHaveBeenCalledTimes(1);
});

test('its end is no loss', async () => {
  const server = await startOwnValkey();
  const one = connect(server.url);
  await one.untilUsable();

  one.valkey.close();

  await one.untilLost();
  expect(one.warned).not.toHaveBeenCalled();
});
