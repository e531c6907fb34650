import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { LiveSettings } from './config.ts';
import type { Target } from './minimums/target.ts';
import { onSalesRoutes } from './sales/on-sales-routes.ts';
import type { WorkedOut } from './sales/work-out.ts';

export function createApp({
  logger,
  metrics,
  verifyToken,
  ...deps
}: {
  workOut: () => WorkedOut;
  targets: () => readonly Target[];
  leads: () => boolean;
  live: () => LiveSettings;
  verifyToken: TokenVerifier;
  logger: Logger;
  metrics: Metrics;
}) {
  return createServiceApp({
    logger,
    metrics,
    verifyToken,
    statusOf: {},
    mount: (routes) => onSalesRoutes(routes, deps),
  });
}
