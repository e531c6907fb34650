import { createLogger } from '@guichet/telemetry/logger';
import { createMetrics } from '@guichet/telemetry/metrics';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connectValkey } from './connect-valkey.ts';
import { createLimiter } from './limiter.ts';
import { startOwnValkey } from './valkey-server-test.ts';

const patience = { timeout: 30_000, interval: 50 };
const options = { keyPrefix: 'guichet:test', seconds: 60 };

async function connect(url: string) {
  const valkey = connectValkey({
    url,
    answerMs: 10_000,
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics({ service: 'test' }),
    probeKey: 'guichet:test:probe',
    gauge: { name: 'guichet_test_shared', help: '1 while it can be used' },
    words: { usable: 'It can be used', lost: 'It cannot be used' },
  });
  onTestFinished(() => valkey.close());
  await vi.waitFor(() => expect(valkey.usable).toBe(true), patience);
  return valkey;
}

test('two replicas count together, and one alone where Valkey is gone', async () => {
  const server = await startOwnValkey();
  const [one, other] = [
    createLimiter(options, await connect(server.url)),
    createLimiter(options, await connect(server.url)),
  ];
  await one('somebody', 2);
  await other('somebody', 2);
  await expect(one('somebody', 2)).rejects.toBeInstanceOf(RateLimiterRes);

  await server.stop();

  await expect(other('somebody', 2)).resolves.toBeInstanceOf(RateLimiterRes);
});

test('its first question may come with another one', async () => {
  const server = await startOwnValkey();
  const valkey = await connect(server.url);

  // A pipeline is made here, before the limiter is.
  const written = valkey.client.set('anything', '1');
  const taken = createLimiter(options, valkey)('somebody', 5);

  await expect(written).resolves.toBe('OK');
  await expect(taken).resolves.toMatchObject({ remainingPoints: 4 });
  expect(valkey.usable).toBe(true);
});
