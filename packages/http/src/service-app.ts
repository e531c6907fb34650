import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { requestLabels } from '@guichet/telemetry/request-labels';
import { sampledTraceId } from '@guichet/telemetry/trace';
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Response,
} from 'express';
import { refuseLate } from './deadline.ts';
import type { IdempotencyStore } from './idempotency.ts';
import { Problem, sendProblem } from './problem.ts';
import { sayQueueAge } from './queue-age.ts';
import { createRoutes, type Routes } from './routes.ts';
import type { TokenVerifier } from './verify-token.ts';

export type { Routes } from './routes.ts';

/**
 * Counts and times every request by `res.locals.route`, its operation's path, never its own. A
 * stream is counted only: it lasts as long as somebody listens.
 */
export function measure({ httpRequests, httpDuration }: Metrics): RequestHandler {
  function count(this: Response): void {
    const { route = 'unknown', streams, began, traceId } = this.locals;
    const labels = requestLabels(this.req.method, route, this.statusCode);
    httpRequests.inc(labels);
    if (!streams) httpDuration.observe(labels, (performance.now() - began) / 1_000, traceId);
  }
  return (_req, res, next) => {
    res.locals.began = performance.now();
    res.locals.traceId = sampledTraceId();
    // `close` and not `finish`: a client that leaves never lets a response finish. One listener for
    // all requests, since a closure and a wrapper for each are dearer than what they measure.
    res.on('close', count);
    next();
  };
}

const notFound: RequestHandler = () => {
  throw new Problem({
    status: 404,
    code: 'route_not_found',
    detail: 'There is nothing at this address. The API is described at /api/docs.',
  });
};

/** What body-parser throws, in our words. */
function bodyProblem(error: unknown): Problem | undefined {
  const { type, limit } = error as { type?: string; limit?: number };
  if (type === 'entity.too.large') {
    return new Problem({
      status: 413,
      code: 'body_too_large',
      detail: `The body is larger than ${limit} bytes. Send less, or in parts.`,
      headers: { connection: 'close' },
    });
  }
  if (type === 'entity.parse.failed') {
    return new Problem({
      status: 400,
      code: 'malformed_json',
      detail: 'The body is no JSON. Check its quotes, commas and brackets.',
    });
  }
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return new Problem({ status: 400, code: 'body_incomplete', detail: 'The body broke off.' });
  }
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') {
    return new Problem({
      status: 415,
      code: 'unsupported_encoding',
      detail: 'Send the body as UTF-8, plain or compressed with gzip, deflate or br.',
    });
  }
  if (error instanceof URIError) {
    return new Problem({
      status: 400,
      code: 'malformed_url',
      detail: 'The address is not readable.',
    });
  }
  return undefined;
}

function problemOf(
  error: unknown,
  statusOf: Readonly<Record<string, number>>,
): Problem | undefined {
  if (error instanceof Problem) return error;
  if (!(error instanceof Refusal)) return bodyProblem(error);

  const status = statusOf[error.code];
  if (status === undefined) return undefined;
  const errors = error.details?.errors as Problem['errors'];
  const headers = error.details?.headers as Problem['headers'] | undefined;
  return new Problem({
    status,
    code: error.code,
    detail: error.message,
    ...(errors ? { errors } : {}),
    ...(headers ? { headers } : {}),
    cause: error,
  });
}

const unavailable = (cause: unknown) =>
  new Problem({
    status: 503,
    code: 'service_unavailable',
    detail: 'What this needs cannot be reached at the moment. Try again in a few seconds.',
    headers: { 'retry-after': '2' },
    cause,
  });

/** The last of an app: every error becomes a problem; what nobody foresaw is logged once, here. */
export function problems({
  statusOf,
  isUnavailable = () => false,
  logger,
}: {
  statusOf: Readonly<Record<string, number>>;
  isUnavailable?: ((error: unknown) => boolean) | undefined;
  logger: Logger;
}): ErrorRequestHandler {
  const unforeseen = (error: unknown): Problem => {
    if (isUnavailable(error)) {
      logger.warn({ err: error }, 'a request was refused for want of its database');
      return unavailable(error);
    }
    logger.error({ err: error }, 'a request failed');
    return new Problem({
      status: 500,
      code: 'internal_error',
      detail: 'Something went wrong here.',
    });
  };
  return (error: unknown, _req, res, _next) =>
    sendProblem(res, problemOf(error, statusOf) ?? unforeseen(error));
}

/**
 * A service's Express app: measured, its operations served, its refusals answered as problems.
 *
 * `statusOf` gives the HTTP status of each refusal code; a refusal without one is a fault of ours
 * and answered 500. What `isUnavailable` knows as a database that cannot be had is answered 503
 * with `Retry-After`. A body may be `bodyLimitBytes` long (default 64 kB) unless its operation says
 * otherwise. Where there is a `queueAgeMs`, every answer says it.
 */
export function createServiceApp({
  logger,
  metrics,
  verifyToken,
  statusOf,
  isUnavailable,
  mount,
  idempotencyStore,
  bodyLimitBytes = 65_536,
  queueAgeMs,
}: {
  logger: Logger;
  metrics: Metrics;
  verifyToken: TokenVerifier;
  statusOf: Readonly<Record<string, number>>;
  isUnavailable?: (error: unknown) => boolean;
  mount: (routes: Routes) => void;
  idempotencyStore?: IdempotencyStore;
  bodyLimitBytes?: number;
  /** How long who comes now would wait in the service's queue, in milliseconds. */
  queueAgeMs?: () => number;
}): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  if (queueAgeMs) sayQueueAge(app, queueAgeMs);

  app.use(measure(metrics));
  app.use(refuseLate);
  mount(createRoutes({ router: app, tokens: verifyToken, idempotencyStore, bodyLimitBytes }));
  app.use(notFound);
  app.use(problems({ statusOf, isUnavailable, logger }));
  return app;
}
