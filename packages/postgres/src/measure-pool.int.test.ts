import { createMetrics } from '@guichet/telemetry/metrics';
import { databaseTest } from '@guichet/testing/database-test';
import { expect } from 'vitest';
import { createPool } from './pool.ts';

const test = databaseTest();

test('who has a connection, who has none to do, and who waits for one is told', async ({
  databaseUrl,
}) => {
  const metrics = createMetrics({ service: 'test' });
  const pool = createPool({ url: databaseUrl, applicationName: 'test', max: 1, metrics });
  const said = async () => {
    const text = await metrics.registry.metrics();
    return [...text.matchAll(/^guichet_pool_\w+(?:\{state="(\w+)".*\}|\{.*\}) (\d+)$/gm)].map(
      ([, state = 'waiting', count]) => `${state} ${count}`,
    );
  };
  const client = await pool.connect();
  const second = pool.connect();
  expect(await said()).toEqual(['busy 1', 'idle 0', 'waiting 1']);

  client.release();
  (await second).release();
  expect(await said()).toEqual(['busy 0', 'idle 1', 'waiting 0']);
  await pool.end();
});
