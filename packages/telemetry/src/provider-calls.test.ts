import { SpanStatusCode } from '@opentelemetry/api';
import { beforeEach, expect, test, vi } from 'vitest';
import { createMetrics } from './metrics.ts';
import { createProviderCalls, isTimeout, type ProviderOutcome } from './provider-calls.ts';
import { keepSpans } from './tracing-test.ts';

const spans = keepSpans();
beforeEach(() => spans.reset());

const outcomeOf = (answer: ProviderOutcome | undefined, error: unknown): ProviderOutcome =>
  answer ?? (isTimeout(error) ? 'timeout' : 'failed');

test('what came of each call is counted, timed and in its span, and what it threw goes on', async () => {
  const metrics = createMetrics({ service: 'test' });
  const call = createProviderCalls('stripe', metrics);
  const late = new Error('no answer', { cause: Object.assign(new Error(), { code: 'ETIMEDOUT' }) });

  expect(await call(async () => 'ok' as const, outcomeOf)).toBe('ok');
  await call(async () => 'refused' as const, outcomeOf);
  await expect(call(() => Promise.reject(late), outcomeOf)).rejects.toBe(late);
  await expect(call(() => Promise.reject(new Error('broken')), outcomeOf)).rejects.toThrow(
    'broken',
  );

  const text = await metrics.registry.metrics();
  for (const outcome of ['ok', 'refused', 'timeout', 'failed']) {
    expect(text).toContain(
      `guichet_provider_requests_total{provider="stripe",outcome="${outcome}",service="test"} 1`,
    );
  }
  expect(text).toContain(
    'guichet_provider_request_duration_seconds_count{service="test",provider="stripe"} 4',
  );
  await vi.waitFor(() => expect(spans.getFinishedSpans()).toHaveLength(4));
  expect(spans.getFinishedSpans().map(({ name, status }) => [name, status.code])).toEqual([
    ['call stripe', SpanStatusCode.UNSET],
    ['call stripe', SpanStatusCode.ERROR],
    ['call stripe', SpanStatusCode.ERROR],
    ['call stripe', SpanStatusCode.ERROR],
  ]);
});
