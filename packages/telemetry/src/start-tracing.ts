import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { carriesOnly } from './outgoing.ts';
import { traceRequests } from './server-span.ts';
import { keepSdk } from './shutdown.ts';

/** Requests and messages have spans of our own (decision 0027); these are OpenTelemetry's. */
const instrumented = ['pg', 'mongodb', 'undici'];

type SpanProcessors = NonNullable<
  NonNullable<ConstructorParameters<typeof NodeSDK>[0]>['spanProcessors']
>;

/** Traces as the environment says, by OpenTelemetry's own names. */
export function startTracing({ spanProcessors }: { spanProcessors?: SpanProcessors } = {}): void {
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  process.env.OTEL_TRACES_EXPORTER ??= process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? 'otlp' : 'none';
  process.env.OTEL_NODE_RESOURCE_DETECTORS ??= 'host,process,env';
  process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS ??= instrumented.join(',');
  const sdk = new NodeSDK({
    ...(spanProcessors && { spanProcessors }),
    instrumentations: [
      getNodeAutoInstrumentations({
        '@opentelemetry/instrumentation-pg': { requireParentSpan: true, ignoreConnectSpans: true },
        '@opentelemetry/instrumentation-undici': { ignoreRequestHook: carriesOnly },
      }),
    ],
  });
  sdk.start();
  traceRequests();
  keepSdk(sdk);
}
