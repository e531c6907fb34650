import {
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';

/** The W3C `traceparent` of the active span, to be carried where no header goes; else undefined. */
export function currentTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (!span || !isSpanContextValid(span)) return undefined;
  const flags = span.traceFlags.toString(16).padStart(2, '0');
  return `00-${span.traceId}-${span.spanId}-${flags}`;
}

/** The active span's trace where it is sampled: whoever looks for it finds it. */
export function sampledTraceId(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  return span && span.traceFlags & TraceFlags.SAMPLED && isSpanContextValid(span)
    ? span.traceId
    : undefined;
}

/**
 * Handles a message in a span of its own, a child of the one that `traceparent` names; where it is
 * handled inside of another, as by a request that brought it, it is linked with that.
 */
export function inConsumerSpan<T>(
  {
    traceparent,
    consumer,
    messageId,
  }: { traceparent: string | undefined; consumer: string; messageId: string },
  handle: () => Promise<T>,
): Promise<T> {
  const parent = traceparent
    ? propagation.extract(context.active(), { traceparent })
    : context.active();
  const attributes = {
    'messaging.operation.type': 'process',
    'messaging.destination.name': consumer,
    'messaging.message.id': messageId,
  };
  const bringer = traceparent ? trace.getActiveSpan()?.spanContext() : undefined;
  const links = bringer ? [{ context: bringer }] : [];
  const span = trace
    .getTracer('guichet')
    .startSpan(`process ${consumer}`, { kind: SpanKind.CONSUMER, attributes, links }, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await handle();
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
