import { type Context, context, TraceFlags, trace } from '@opentelemetry/api';

/** The trace, and all else, that somebody's call came in: for what is done for it later. */
export type Carrier = Context;

export const currentCarrier = (): Carrier => context.active();
export const inCarrier = <T>(carrier: Carrier, work: () => T): T => context.with(carrier, work);

/** Whether its trace is kept. */
export const isSampled = (carrier: Carrier): boolean =>
  ((trace.getSpanContext(carrier)?.traceFlags ?? 0) & TraceFlags.SAMPLED) !== 0;
