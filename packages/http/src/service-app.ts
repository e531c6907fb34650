import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Refusal } from '@guichet/contracts/refusal';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { requestLabels } from '@guichet/telemetry/request-labels';
import { sampledTraceId } from '@guichet/telemetry/trace';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Answer, PlainRoute } from './call.ts';
import { assertInTime } from './deadline.ts';
import type { IdempotencyStore } from './idempotency.ts';
import { bodyIncomplete, malformedJson } from './plain-requests.ts';
import { Problem, sendProblem } from './problem.ts';
import { createQueueAgeSaying } from './queue-age.ts';
import { createRoutes, type Routes } from './routes.ts';
import type { TokenVerifier } from './verify-token.ts';

export type { Routes } from './routes.ts';

/**
 * Counts and times a request by `res.locals.route`, its operation's path, never its own. A stream is
 * counted only: it lasts as long as somebody listens.
 */
function createMeasuring({ httpRequests, httpDuration }: Metrics) {
  function count(this: Answer): void {
    const { route = 'unknown', streams, began = 0, traceId } = this.locals;
    const labels = requestLabels(this.req.method, route, this.statusCode);
    httpRequests.inc(labels);
    if (!streams) httpDuration.observe(labels, (performance.now() - began) / 1_000, traceId);
  }
  return (res: Answer): void => {
    res.locals.began = performance.now();
    res.locals.traceId = sampledTraceId();
    // `close` and not `finish`: a client that leaves never lets a response finish. One listener for
    // all requests, since a closure and a wrapper for each are dearer than what they measure.
    res.on('close', count);
  };
}

/** Measures every request of an Express app. */
export function measure(metrics: Metrics): RequestHandler {
  const measuring = createMeasuring(metrics);
  return (_req, res, next) => {
    measuring(res as Answer);
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
    return malformedJson();
  }
  if (type === 'request.aborted' || type === 'request.size.invalid') {
    return bodyIncomplete();
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

type Problems = {
  /** The HTTP status of each refusal code. */
  statusOf: Readonly<Record<string, number>>;
  isUnavailable?: ((error: unknown) => boolean) | undefined;
  logger: Logger;
};

/** Answers every error as a problem; what nobody foresaw is logged once, here. */
function createRefusing({ statusOf, isUnavailable = () => false, logger }: Problems) {
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
  return (error: unknown, res: ServerResponse): void =>
    sendProblem(res, problemOf(error, statusOf) ?? unforeseen(error));
}

/** The last of an Express app. */
export function problems(how: Problems): ErrorRequestHandler {
  const refuse = createRefusing(how);
  return (error: unknown, _req, res, _next) => refuse(error, res);
}

/**
 * A service's app: measured, its operations served, its refusals answered as problems; by Express,
 * but for plain requests of the routes that are mounted so.
 *
 * `statusOf` gives the HTTP status of each refusal code; a refusal without one is a fault of ours
 * and answered 500. What `isUnavailable` knows as a database that cannot be had is answered 503
 * with `Retry-After`. A body may be `bodyLimitBytes` long (default 64 kB) unless its operation says
 * otherwise. Where there is a `queueAgeMs`, every answer says it.
 */
export function createServiceApp({
  metrics,
  verifyToken,
  mount,
  idempotencyStore,
  bodyLimitBytes = 65_536,
  queueAgeMs,
  trustedProxies = 0,
  ...how
}: Problems & {
  metrics: Metrics;
  verifyToken: TokenVerifier;
  mount: (routes: Routes) => void;
  idempotencyStore?: IdempotencyStore;
  bodyLimitBytes?: number;
  /** How long who comes now would wait in the service's queue, in milliseconds. */
  queueAgeMs?: () => number;
  /** How many hops before us are ours, so that `req.ip` is whoever called the first of them. */
  trustedProxies?: number;
}): RequestListener {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', trustedProxies);
  const sayQueueAge = queueAgeMs ? createQueueAgeSaying(queueAgeMs) : () => {};
  sayQueueAge(app.response);
  const measuring = createMeasuring(metrics);
  const refuse = createRefusing(how);

  app.use((req, res, next) => {
    measuring(res as Answer);
    assertInTime(req);
    next();
  });
  const tokens = verifyToken;
  const { plainRouteOf, ...routes } = createRoutes({
    ...{ router: app, tokens, idempotencyStore, bodyLimitBytes },
  });
  mount(routes);
  app.use(notFound);
  app.use(problems(how));

  async function answerPlain(req: IncomingMessage, res: Answer, route: PlainRoute): Promise<void> {
    sayQueueAge(res);
    measuring(res);
    try {
      assertInTime(req);
      await route(req, res);
    } catch (error) {
      refuse(error, res);
    }
  }

  return (req, res) => {
    const route = plainRouteOf(req);
    if (!route) return app(req, res);
    void answerPlain(req, Object.assign(res, { locals: {} }), route);
  };
}
