import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongoStandIn } from '@guichet/local-stack/providers/mongo';
import { freePorts } from '@guichet/local-stack/providers/ports';
import { startRabbit } from '@guichet/local-stack/providers/rabbit';
import { exporterMetrics } from '@guichet/observability/queries/exporter-metrics.ts';
import amqp from 'amqplib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { scrape } from './start-exporter.ts';

const cache = join(import.meta.dirname, '../../../../.guichet/cache');

test('RabbitMQ tells all that rules may name, and how deep each queue is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-exporter-'));
  const port = await freePorts(5);
  const metricsPort = port + 4;
  const server = await startRabbit({ port, folder, metricsPort });
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const connection = await amqp.connect(server.url);
  const channel = await connection.createConfirmChannel();
  for (const queue of ['one', 'other']) {
    await channel.assertQueue(queue, { arguments: { 'x-queue-type': 'quorum' } });
    channel.sendToQueue(queue, Buffer.from('{}'), { persistent: true });
  }
  await channel.waitForConfirms();

  const at = (path: string) => scrape(`http://127.0.0.1:${metricsPort}${path}`);
  // It looks at its queues every five seconds.
  await vi.waitFor(
    async () => expect((await at('/metrics')).get('rabbitmq_queue_messages_ready')).toBe(2),
    { timeout: 20_000, interval: 500 },
  );
  const told = await at('/metrics');
  const perQueue = await at('/metrics/detailed?vhost=/&family=queue_coarse_metrics');
  await connection.close();

  expect(perQueue.get('rabbitmq_detailed_queue_messages_ready')).toBe(1);
  expect(
    exporterMetrics.rabbitmq?.names.filter((name) => !told.has(name) && !perQueue.has(name)),
  ).toEqual([]);
});

test('MongoDB’s stand-in says that it is up, by the name that rules know', async () => {
  const port = await freePorts(2);
  const server = await startMongoStandIn({ port, cache, metricsPort: port + 1 });
  onTestFinished(() => server.stop());

  const told = await scrape(`http://127.0.0.1:${port + 1}/metrics`);

  expect(told.get('mongodb_up')).toBe(1);
  expect([...told.keys()].filter((name) => !exporterMetrics.mongo?.names.includes(name))).toEqual(
    [],
  );
});
