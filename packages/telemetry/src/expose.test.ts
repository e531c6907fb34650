import { context, TraceFlags, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { expose } from './expose.ts';
import { createMetrics } from './metrics.ts';
import { sampledTraceId } from './trace.ts';
import { keepSpans } from './tracing-test.ts';

keepSpans();
const traceId = '0af7651916cd43dd8448eb211c80319c';
const prometheus = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5';

/** Observes inside a span with these flags. */
const observeIn = (traceFlags: TraceFlags, observe: () => void) =>
  context.with(
    trace.setSpanContext(context.active(), { traceId, spanId: 'b7ad6b7169203331', traceFlags }),
    observe,
  );

function aService() {
  const metrics = createMetrics({ service: 'test' });
  const labels = { method: 'GET', route: '/', status: '200' };
  const answer = (seconds: number) => () => {
    metrics.httpRequests.inc(labels);
    metrics.httpDuration.observe(labels, seconds, sampledTraceId());
  };
  return { metrics, answer };
}

test('a sample of a sampled trace names it, to who asks for OpenMetrics', async () => {
  const { metrics, answer } = aService();
  observeIn(TraceFlags.SAMPLED, answer(0.2));
  observeIn(TraceFlags.NONE, answer(0.02));
  answer(0.002)();

  const { contentType, body } = await expose(metrics, prometheus);

  expect(contentType).toContain('application/openmetrics-text; version=1.0.0');
  const exemplars = body.split('\n').filter((line) => line.includes(' # {'));
  expect(exemplars).toEqual([
    expect.stringMatching(
      new RegExp(
        `^http_request_duration_seconds_bucket.*le="0.25".* 3 # \\{trace_id="${traceId}"\\} 0.2 `,
      ),
    ),
  ]);
  expect(body).toMatch(/\nhttp_requests_total\{.*\} 3\n/);
  expect(body).toContain('# TYPE http_requests counter\n');
  expect(body.endsWith('\n# EOF\n')).toBe(true);
});

test('everybody else is told the same in plain text, also after who asks otherwise', async () => {
  const { metrics, answer } = aService();
  observeIn(TraceFlags.SAMPLED, answer(0.2));
  const before = await expose(metrics);
  await expose(metrics, prometheus);
  const { contentType, body } = await expose(metrics, 'text/plain');

  expect(contentType).toContain('text/plain; version=0.0.4');
  expect(body).toContain('# TYPE http_requests_total counter\n');
  expect(body).not.toContain('trace_id');
  const named = (text: string) => text.match(/^# TYPE \S+ \S+$/gm);
  expect(named(body)).toEqual(named(before.body));
});

test('no gauge is named like a counter', async () => {
  const { body } = await expose(createMetrics({ service: 'test' }));

  expect(body.match(/^# TYPE \S+_total gauge$/gm)).toBeNull();
});
