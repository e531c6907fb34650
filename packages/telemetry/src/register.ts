/*
 * Loaded first, by `node --import @guichet/telemetry/register`, so that what it instruments is
 * instrumented before anyone imports it. Traces only: metrics are prom-client's, logs are pino's.
 */

/** As the specification of OpenTelemetry names it: then nothing is patched, and nothing is loaded. */
const isOff = process.env.OTEL_SDK_DISABLED === 'true';

if (!isOff) {
  const { register } = await import('import-in-the-middle/register-hooks.mjs');
  register({ include: ['pg', 'pg-pool', 'mongodb'] });
  const { startTracing } = await import('./start-tracing.ts');
  startTracing();
}

export {};
