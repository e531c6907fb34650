import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { expect, test } from 'vitest';
import { samplerOf } from './sampler.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
/** A caller that keeps its trace. */
const kept = trace.setSpanContext(ROOT_CONTEXT, {
  traceId,
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
});
const keeps = (env: Record<string, string>, parent = ROOT_CONTEXT) =>
  samplerOf(env).shouldSample(parent, traceId, 'GET', SpanKind.SERVER, {}, []).decision ===
  SamplingDecision.RECORD_AND_SAMPLED;
const ratio = (arg: string) => ({
  OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
  OTEL_TRACES_SAMPLER_ARG: arg,
});

test('which traces are kept is said as OpenTelemetry says it', () => {
  expect(keeps({})).toBe(true);
  expect(keeps({ OTEL_TRACES_SAMPLER: '' })).toBe(true);
  expect(keeps({ OTEL_TRACES_SAMPLER: 'always_off' })).toBe(false);
  expect(keeps(ratio('0'))).toBe(false);
  expect(keeps(ratio('1'))).toBe(true);
});

test('who is called goes on as its caller has decided, where it is told to', () => {
  expect(keeps(ratio('0'), kept)).toBe(true);
  expect(keeps({ ...ratio('0'), OTEL_TRACES_SAMPLER: 'traceidratio' }, kept)).toBe(false);
});

test('a sampler that does not exist, and a ratio that is none, are said at the start', () => {
  expect(() => samplerOf({ OTEL_TRACES_SAMPLER: 'jaeger_remote' })).toThrow(
    'OTEL_TRACES_SAMPLER is "jaeger_remote". It may be always_on, parentbased_always_on,',
  );
  for (const said of ['5 %', '1.5', '-1', '']) {
    expect(() => samplerOf(ratio(said))).toThrow(
      `OTEL_TRACES_SAMPLER_ARG is "${said}". Say how many traces are kept, from 0 to 1.`,
    );
  }
});
