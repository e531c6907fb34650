import { isSpanContextValid, trace } from '@opentelemetry/api';
import { currentTraceparent } from './trace.ts';

/** undici's own, before it is sent. */
type Outgoing = { addHeader?(name: string, value: string): unknown };

/**
 * Whether a call gets no span: those of a request that is not sampled only carry its trace's id on,
 * without all that a span would be made of.
 */
export function carriesOnly(call: Outgoing): boolean {
  const span = trace.getActiveSpan();
  if (!span || span.isRecording() || !isSpanContextValid(span.spanContext())) return false;
  call.addHeader?.('traceparent', currentTraceparent() ?? '');
  return true;
}
