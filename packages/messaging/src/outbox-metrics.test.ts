import { createMetrics } from '@guichet/telemetry/metrics';
import { expect, test } from 'vitest';
import { outboxMetrics } from './outbox-metrics.ts';

const reading = async (metrics: ReturnType<typeof createMetrics>) => {
  const text = await metrics.registry.metrics();
  return (name: string) =>
    Number(text.match(new RegExp(`^guichet_outbox_${name}\\{.*\\} (.*)$`, 'm'))?.[1]);
};

test('counts what was published and what failed, and tells the age of the oldest fact', async () => {
  const metrics = createMetrics({ service: 'test' });
  const measured = outboxMetrics(metrics);
  measured.published(3);
  measured.failed();
  measured.oldest([undefined, Date.now() - 90_000, Date.now() - 30_000]);

  const value = await reading(metrics);
  expect([value('published_total'), value('failures_total')]).toEqual([3, 1]);
  expect(value('age_seconds')).toBeGreaterThanOrEqual(90);

  measured.oldest([undefined]);
  expect((await reading(metrics))('age_seconds')).toBe(0);
});
