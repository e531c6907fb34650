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
