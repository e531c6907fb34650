import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, test } from 'vitest';
import { busMetrics } from './metrics.ts';

const parkedIn = (text: string) =>
  text.split('\n').filter((line) => line.startsWith('guichet_messages_parked{'));

test('says at every scrape how many messages of each consumer are parked', async () => {
  const metrics = createMetrics({ service: 'test' });
  let parked = 0;
  busMetrics(metrics).watchParked('test.a', async () => parked);

  expect(parkedIn(await metrics.registry.metrics())).toEqual([
    'guichet_messages_parked{consumer="test.a",service="test"} 0',
  ]);
  parked = 3;
  expect(parkedIn(await metrics.registry.metrics())).toEqual([
    'guichet_messages_parked{consumer="test.a",service="test"} 3',
  ]);
});

test('says nothing of what it cannot count, rather than what it was, and does not wait for it', async () => {
  const metrics = createMetrics({ service: 'test' });
  const counts = [
    async () => 3,
    async () => {
      throw new Error('RabbitMQ is disconnected');
    },
    () => new Promise<never>(() => {}),
  ];
  busMetrics(metrics).watchParked('test.a', () => counts.shift()?.() ?? Promise.resolve(7));

  const scrapes: string[][] = [];
  for (let nth = 0; nth < 4; nth += 1) scrapes.push(parkedIn(await metrics.registry.metrics()));
  expect(scrapes).toEqual([
    ['guichet_messages_parked{consumer="test.a",service="test"} 3'],
    [],
    [],
    ['guichet_messages_parked{consumer="test.a",service="test"} 7'],
  ]);
});
