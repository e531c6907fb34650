import { setImmediate as turn } from 'node:timers/promises';
import { sampledTraceId } from '@guichet/telemetry/trace';
import { keepSpans } from '@guichet/telemetry/tracing-test';
import { context, TraceFlags, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { createBatcher } from './batcher.ts';

keepSpans();

/** The work in a trace of which each digit is this one. */
const inTrace = <T>(digit: string, work: () => T, traceFlags = TraceFlags.SAMPLED): T =>
  context.with(
    trace.setSpanContext(context.active(), {
      traceId: digit.repeat(32),
      spanId: digit.repeat(16),
      traceFlags,
    }),
    work,
  );

test('each statement is in the trace of one of its calls, and of one that is kept where there is', async () => {
  const seen: (string | undefined)[] = [];
  const ends: (() => void)[] = [];
  const look = () => {
    seen.push(sampledTraceId()?.[0]);
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  const measured: (string | undefined)[] = [];
  const call = createBatcher<string, string>({
    one: (key) => look().then(() => key),
    many: (keys) => look().then(() => keys),
    keyOf: (key) => key,
    mostInFlight: 1,
    onEnded: () => void measured.push(sampledTraceId()?.[0]),
  });
  const answers = [inTrace('1', () => call('a'))];
  await turn();
  answers.push(inTrace('2', () => call('b'), TraceFlags.NONE));
  answers.push(
    inTrace('3', () => call('c')),
    inTrace('4', () => call('d')),
  );
  ends.shift()?.();
  await turn();
  answers.push(call('e'));
  ends.shift()?.();
  await turn();
  ends.shift()?.();
  await Promise.all(answers);

  expect(seen).toEqual(['1', '3', undefined]);
  expect(measured).toEqual(seen);
});
