import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Pool } from '@guichet/postgres/pool';
import { isUnavailable } from '@guichet/postgres/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';

export type AppDeps = {
  pool: Pool;
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
};

export function createApp({ logger, metrics, verifyToken, idempotencyStore }: AppDeps) {
  return createServiceApp({
    logger,
    metrics,
    verifyToken,
    idempotencyStore,
    statusOf: {},
    isUnavailable,
    mount() {},
  });
}
