import type { RequestListener } from 'node:http';
import type { IdempotencyStore } from '@guichet/http/idempotency';
import { createServiceApp } from '@guichet/http/service-app';
import type { TokenVerifier } from '@guichet/http/verify-token';
import { isUnavailable } from '@guichet/mongo/unavailable';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
import type Stripe from 'stripe';
import {
  type PaymentActions,
  paymentRoutes,
  statusOfPaymentRefusal,
} from './payments/payment-routes.ts';
import type { TakeEvent } from './webhooks/take-event.ts';
import { statusOfWebhookRefusal, webhookRoutes } from './webhooks/webhook-routes.ts';

export type AppDependencies = PaymentActions & {
  stripe: Stripe;
  webhookSecrets: readonly string[];
  takeEvent: TakeEvent;
  noteSecurityEvent: NoteSecurityEvent;
  verifyToken: TokenVerifier;
  idempotencyStore: IdempotencyStore;
  logger: Logger;
  metrics: Metrics;
};

export function createApp(deps: AppDependencies): RequestListener {
  const { webhookSecrets, verifyToken, idempotencyStore, logger, metrics } = deps;
  return createServiceApp({
    logger,
    metrics,
    verifyToken,
    idempotencyStore,
    statusOf: { ...statusOfPaymentRefusal, ...statusOfWebhookRefusal },
    isUnavailable,
    mount(routes) {
      paymentRoutes(routes, deps);
      webhookRoutes(routes, { ...deps, secrets: webhookSecrets });
    },
  });
}
