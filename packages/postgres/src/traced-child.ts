import { shutdownTelemetry } from '@guichet/telemetry/shutdown';
import { inConsumerSpan } from '@guichet/telemetry/trace';
import { createPool } from './pool.ts';

/** Asks its database once, in a span, and ends: a process whose traces a test receives. */
const pool = createPool({ url: process.env.DATABASE_URL ?? '', applicationName: 'traced' });
await inConsumerSpan({ traceparent: undefined, consumer: 'test.consumer', messageId: 'm1' }, () =>
  pool.query('select 1 as traced_query'),
);
await pool.end();
await shutdownTelemetry();
