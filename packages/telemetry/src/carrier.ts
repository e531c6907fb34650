import { randomBytes } from 'node:crypto';
import { type Context, context, TraceFlags, trace } from '@opentelemetry/api';

/** The trace, and all else, that somebody's call came in: for what is done for it later. */
export type Carrier = Context;

export const currentCarrier = (): Carrier => context.active();
export const inCarrier = <T>(carrier: Carrier, work: () => T): T => context.with(carrier, work);

/** Whether its trace is kept. */
export const isSampled = (carrier: Carrier): boolean =>
  ((trace.getSpanContext(carrier)?.traceFlags ?? 0) & TraceFlags.SAMPLED) !== 0;

const hex = (bytes: number) => randomBytes(bytes).toString('hex');

/**
 * Does what nobody has asked for in a trace that is kept by nobody, here and wherever it calls: what is
 * looked at every second would bury the traces of people.
 */
export const unsampled = <T>(work: () => T): T =>
  context.with(
    trace.setSpanContext(context.active(), {
      traceId: hex(16),
      spanId: hex(8),
      traceFlags: TraceFlags.NONE,
    }),
    work,
  );
