import { Problem } from '@guichet/http/problem';
import { problems } from '@guichet/http/service-app';
import type { Logger } from '@guichet/telemetry/logger';
import express, { type Express } from 'express';

/** Notification is told by messages and asked nothing: its HTTP side has no route yet. */
export function createApp({ logger }: { logger: Logger }): Express {
  const app = express().disable('x-powered-by');
  app.use(() => {
    throw new Problem({ status: 404, code: 'route_not_found', detail: 'There is nothing here.' });
  });
  app.use(problems({ statusOf: {}, logger }));
  return app;
}
