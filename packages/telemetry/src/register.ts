import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { keepSdk } from './shutdown.ts';

/*
 * Loaded first, by `node --import @guichet/telemetry/register`, so that what it instruments is
 * instrumented before anyone imports it. Traces only: metrics are prom-client's, logs are pino's.
 * A span per Express layer was most of the cost of everything on (290 µs of CPU a request against
 * 165 µs for this list), so layers are left out and the list names what we use.
 */
const instrumented = ['http', 'express', 'pg', 'mongodb', 'amqplib', 'undici'];

process.env.OTEL_METRICS_EXPORTER ??= 'none';
process.env.OTEL_LOGS_EXPORTER ??= 'none';
process.env.OTEL_TRACES_EXPORTER ??= process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? 'otlp' : 'none';
process.env.OTEL_NODE_RESOURCE_DETECTORS ??= 'host,process,env';
process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS ??= instrumented.join(',');

/** As the specification of OpenTelemetry names it: then nothing is patched, and nothing costs. */
const isOff = process.env.OTEL_SDK_DISABLED === 'true';

function startTracing(): void {
  register({
    include: ['express', 'pg', 'pg-pool', 'mongodb', 'amqplib', 'undici', 'node:http', 'http'],
  });
  const sdk = new NodeSDK({
    instrumentations: [
      getNodeAutoInstrumentations({
        '@opentelemetry/instrumentation-express': {
          ignoreLayersType: ['middleware', 'router'] as never,
        },
        '@opentelemetry/instrumentation-pg': { requireParentSpan: true, ignoreConnectSpans: true },
        '@opentelemetry/instrumentation-http': {
          ignoreIncomingRequestHook: ({ url = '' }) =>
            url.startsWith('/health') || url.startsWith('/metrics'),
        },
      }),
    ],
  });
  sdk.start();
  keepSdk(sdk);
}

if (!isOff) startTracing();
