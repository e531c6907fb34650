import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createManagement, failing } from './management.ts';

test('an answer that cannot be made is a 500, and no end of the process', async () => {
  const configView = () => {
    throw new Error('there is no view');
  };
  const health = async () => ({ status: 'ready' }) as const;
  const metrics = createMetrics({ service: 'test' });
  const server = createServer(createManagement({ health, metrics, configView }));
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const answer = await fetch(`${at}/config`);

  expect([answer.status, await answer.json()]).toEqual([500, { error: 'there is no view' }]);
  expect((await fetch(`${at}/health/live`)).status).toBe(200);
});

test('checks run side by side, and one that does not answer is one that fails', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const never = () => new Promise<void>(() => {});

  const asked = failing({ a: never, b: never, c: never, fine: async () => {} });
  // Time for one of them, and not for one after the other.
  await vi.advanceTimersByTimeAsync(1_000);

  expect(Object.keys(await asked)).toEqual(['a', 'b', 'c']);
});
