import { expect, test, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createSecurityEvents } from './security-events.ts';

test('each event is counted, and one in ten seconds of its kind is said', async () => {
  const metrics = createMetrics({ service: 'test' });
  const logger = createLogger({ service: 'test', level: 'silent' });
  const warn = vi.spyOn(logger, 'warn');
  let now = 0;
  const note = createSecurityEvents({ metrics, logger, now: () => now });

  for (let nth = 0; nth < 50; nth += 1) note('rate_limited');
  note('token_reused');
  now = 10_000;
  note('rate_limited');

  expect(warn.mock.calls.map(([facts]) => facts)).toEqual([
    { securityEvent: 'rate_limited', unsaid: 0 },
    { securityEvent: 'token_reused', unsaid: 0 },
    { securityEvent: 'rate_limited', unsaid: 49 },
  ]);
  const text = await metrics.registry.metrics();
  expect(text).toContain('guichet_security_events_total{event="rate_limited",service="test"} 51');
  expect(text).toContain('guichet_security_events_total{event="token_reused",service="test"} 1');
});
