import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { carriesOnly } from './outgoing.ts';
import { samplerOf } from './sampler.ts';
import { traceRequests } from './server-span.ts';
import { keepSdk } from './shutdown.ts';

/** Requests and messages have spans of our own (decision 0027); these are OpenTelemetry's. */
const instrumentations = () => [
  new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
  new MongoDBInstrumentation(),
  new UndiciInstrumentation({ ignoreRequestHook: carriesOnly }),
];

/** To a collector, where there is one. */
function exported(env: NodeJS.ProcessEnv): SpanProcessor[] {
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint || env.OTEL_TRACES_EXPORTER === 'none') return [];
  // The SDK reads this one from nowhere; unset is its own 5 s.
  const delay = Number(env.OTEL_BSP_SCHEDULE_DELAY);
  return [
    new BatchSpanProcessor({
      exporter: new OTLPTraceExporter(),
      ...(delay > 0 ? { scheduledDelayMillis: delay } : {}),
    }),
  ];
}

/**
 * Traces as the environment says, by OpenTelemetry's own names. By its parts and not by
 * `sdk-node` and `auto-instrumentations-node`, which load forty instrumentations and every
 * exporter first: 31 MB a process, 14 of them heap.
 */
export function startTracing({
  spanProcessors = exported(process.env),
}: {
  spanProcessors?: SpanProcessor[];
} = {}): void {
  registerInstrumentations({ instrumentations: instrumentations() });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  );
  const provider = new TracerProvider({
    sampler: samplerOf(process.env),
    resource: defaultResource().merge(
      detectResources({ detectors: [hostDetector, processDetector, envDetector] }),
    ),
    spanProcessors,
  });
  trace.setGlobalTracerProvider(provider);
  traceRequests();
  keepSdk(provider);
}
