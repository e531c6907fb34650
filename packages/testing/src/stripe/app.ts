import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { adminRoutes } from './admin-routes.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import { eventEndpoints } from './delivery/event-endpoints.ts';
import type { WebhookSender } from './delivery/webhook-sender.ts';
import { overviewPage } from './overview-page.ts';
import { otherPaymentEndpoints } from './payments/other-endpoints.ts';
import { paymentIntentEndpoints } from './payments/payment-intent-endpoints.ts';
import { threeDSecureRoutes } from './payments/three-d-secure-routes.ts';
import { type Desk, serve } from './serve.ts';
import { stripeJsRoutes } from './stripe-js/stripe-js-routes.ts';

/** Pages on any origin call Stripe with the publishable key. */
const allowPages: RequestHandler = (req, res, next) => {
  res.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'authorization, content-type, idempotency-key, stripe-version',
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Expose-Headers': 'request-id, stripe-should-retry',
  });
  if (req.method === 'OPTIONS') res.status(204).end();
  else next();
};

const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, { type: 'api_error', message: String(error) });
  res.status(known.status).json({ error: known.error });
};

export const createApp = (desk: Desk & { webhooks: WebhookSender }): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.use('/_admin', adminRoutes(desk));
  app.use('/three-d-secure', threeDSecureRoutes(desk));
  app.use('/v3', stripeJsRoutes());

  app.get('/', (_req, res) => {
    res
      .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      .send(overviewPage(desk.account));
  });

  app.use('/v1', allowPages, express.text({ type: () => true, limit: '1mb' }));
  for (const endpoint of [...paymentIntentEndpoints, ...otherPaymentEndpoints, ...eventEndpoints]) {
    app[endpoint.method](endpoint.path, serve(desk, endpoint));
  }

  app.use((req) => {
    throw invalidRequest(`Unrecognized request URL (${req.method}: ${req.path}).`, {}, 404);
  });
  app.use(answerError);
  return app;
};
