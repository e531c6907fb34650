import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

test('a gauge that cannot be collected is left out, and no other metric with it', async () => {
  const metrics = createMetrics({ service: 'test' });
  let isDown = false;
  metrics.gauge({
    name: 'guichet_things',
    help: 'What a database knows',
    async collect() {
      if (isDown) throw new Error('the database is down');
      this.set(7);
    },
  });
  metrics.httpRequests.inc({ method: 'GET', route: '/', status: '200' });
  expect(await metrics.registry.metrics()).toContain('guichet_things{service="test"} 7');

  isDown = true;

  const text = await metrics.registry.metrics();
  expect(text).not.toContain('guichet_things{');
  expect(text).toContain('http_requests_total{');
});

test('gauges of one reading say what it read at this scrape, and it is read once', async () => {
  const metrics = createMetrics({ service: 'test' });
  let readings = 0;
  metrics.gaugesOf(async () => {
    readings += 1;
    return { count: readings * 10, age: readings * 100 };
  }, [
    { name: 'guichet_age_seconds', help: 'How old', of: ({ age }) => age },
    { name: 'guichet_things', help: 'How many', of: ({ count }) => count },
  ]);

  for (const nth of [1, 2]) {
    const text = await metrics.registry.metrics();
    expect(text).toContain(`guichet_age_seconds{service="test"} ${nth * 100}\n`);
    expect(text).toContain(`guichet_things{service="test"} ${nth * 10}\n`);
  }
  expect(readings).toBe(2);
});
