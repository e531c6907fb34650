import { context, isSpanContextValid, propagation, trace } from '@opentelemetry/api';

/** The W3C `traceparent` of the active span, to be carried where no header goes; else undefined. */
export function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span)) return undefined;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

/** Runs `work` as a child of the span that `traceparent` names; as it is where there is none. */
export function withTraceparent<T>(traceparent: string | undefined, work: () => T): T {
  if (!traceparent) return work();
  return context.with(propagation.extract(context.active(), { traceparent }), work);
}
