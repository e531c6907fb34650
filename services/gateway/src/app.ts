import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Operation } from '@guichet/contracts/operation';
import { Problem, sendProblem } from '@guichet/http/problem';
import type { TokenVerifier } from '@guichet/http/verify-token';
import type { Logger } from '@guichet/telemetry/logger';
import type { Metrics } from '@guichet/telemetry/metrics';
import { requestLabels } from '@guichet/telemetry/request-labels';
import { currentTraceparent, sampledTraceId } from '@guichet/telemetry/trace';
import type { LiveSettings } from './config.ts';
import type { ClientAddress } from './edge/client-address.ts';
import { answerCors } from './edge/cors.ts';
import { bearerToken } from './edge/credentials.ts';
import { refuseForgery } from './edge/fetch-metadata.ts';
import type { OwnPages } from './edge/own-pages.ts';
import type { RateLimits } from './edge/rate-limits.ts';
import { busy, refuseBusy } from './edge/refuse-busy.ts';
import { securityHeaders } from './edge/security-headers.ts';
import type { StreamLimit } from './edge/stream-limit.ts';
import { BrokenAnswer } from './proxy/exchange.ts';
import type { Forward } from './proxy/forward.ts';
import { isPage, page } from './routing/page-route.ts';
import type { Match, RouteTable } from './routing/route-table.ts';
import type { Shed } from './upstreams/shed.ts';

/** What is known of a request, for its metrics. An address that no operation has is no label. */
type Seen = {
  readonly requestId: string;
  readonly began: number;
  /** Of a trace that is kept. */
  readonly traceId: string | undefined;
  route: string;
  streams: boolean;
};
/** Where Express has it too: the span of the request is named by its route. */
type Answer = ServerResponse & { locals: Seen };

type Dependencies = {
  table: RouteTable;
  shed: Shed;
  forward: Forward;
  limits: RateLimits;
  streamLimit: StreamLimit;
  tokens: TokenVerifier;
  ownPages: OwnPages;
  addressOf: ClientAddress;
  publicUrl: string;
  live: () => Pick<LiveSettings, 'corsOrigins' | 'upstreamTimeoutMs'>;
  logger: Logger;
  metrics: Metrics;
};

const pathOf = (url: string) => {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
};

/** The operation of a route; a page where there is none and may be one. */
function operationOf(match: Match, method: string, path: string): Operation {
  if (match.kind === 'route') return match.operation;
  if (match.kind === 'unknown' && isPage(method, path)) return page;
  if (match.kind === 'unknown') {
    throw new Problem({
      status: 404,
      code: 'route_not_found',
      detail: 'There is nothing at this address. The API is described at /api/docs.',
    });
  }
  throw new Problem({
    status: 405,
    code: 'method_not_allowed',
    detail: `This address answers ${match.allow.join(', ')}.`,
    headers: { allow: match.allow.join(', ') },
  });
}

/** Whether its refusal needs neither headers for another origin nor a trace’s id. */
const isPlain = ({ headers }: IncomingMessage) =>
  headers.origin === undefined && currentTraceparent() === undefined;

/**
 * The only door, on Node's own server: the layers of a framework would cost more than the proxying.
 * In order: what is refused at once, which in a rush most are; then who asks; then the service.
 */
export function createGateway(deps: Dependencies): RequestListener {
  const { table, shed, forward, limits, streamLimit, tokens, ownPages, addressOf, live } = deps;
  const { logger, metrics } = deps;
  const { protocol, host, origin } = new URL(deps.publicUrl);

  function count(this: Answer): void {
    const { route, streams, began, traceId } = this.locals;
    const labels = requestLabels(this.req.method, route, this.statusCode);
    metrics.httpRequests.inc(labels);
    // It lasted as long as somebody listened.
    if (streams) return;
    metrics.httpDuration.observe(labels, (performance.now() - began) / 1_000, traceId);
  }

  /** Refuses who may not ask this; answers the account that asks, where a token says one. */
  async function whoAsks(
    req: IncomingMessage,
    res: Answer,
    operation: Operation,
    clientAddress: string,
  ): Promise<string | undefined> {
    await limits.check(req, operation.id, clientAddress);
    if (operation.streams) streamLimit.enter(res, clientAddress);
    refuseForgery(
      {
        method: req.method ?? 'GET',
        cookie: req.headers.cookie,
        authorization: req.headers.authorization,
        secFetchSite: req.headers['sec-fetch-site'] as string | undefined,
        origin: req.headers.origin,
      },
      [origin],
    );
    if (operation === page) return undefined;
    const token = bearerToken(req);
    if (token === undefined || operation.ignoresToken) return undefined;
    return (await tokens.verify(token)).id;
  }

  async function passOn(req: IncomingMessage, res: Answer, operation: Operation): Promise<void> {
    const clientAddress = addressOf(req);
    const subjectId = await shed.whileComing(operation, () =>
      whoAsks(req, res, operation, clientAddress),
    );
    // The page says itself who may frame it: the newer word, which this older one would overrule.
    if (operation === page) res.removeHeader('x-frame-options');
    await forward(req, res, operation, {
      requestId: res.locals.requestId,
      deadline: Date.now() + live().upstreamTimeoutMs,
      host,
      protocol: protocol === 'https:' ? 'https' : 'http',
      clientAddress,
      subjectId,
    });
  }

  /** Answers what it can at once; else what is still to come of it. */
  function handle(req: IncomingMessage, res: Answer): Promise<void> | undefined {
    const { locals } = res;
    const { method = 'GET', url = '/' } = req;
    const path = pathOf(url);
    const match = table.find(method, path);
    const isShed = match.kind === 'route' && shed.refusesAtDoor(match.operation);
    if (isShed) locals.route = match.operation.path;
    if (isShed && isPlain(req)) {
      refuseBusy(res, locals.requestId);
      return undefined;
    }

    res.setHeader('x-request-id', locals.requestId);
    for (const [name, value] of securityHeaders) res.setHeader(name, value);
    if (answerCors(req, res, live().corsOrigins)) return undefined;
    if (isShed) throw busy;
    const answerOwn = ownPages.find(req, path);
    if (answerOwn) {
      locals.route = path;
      return answerOwn(res);
    }

    const operation = operationOf(match, method, path);
    locals.route = operation.path;
    locals.streams = operation.streams === true;
    return passOn(req, res, operation);
  }

  function refuse(res: ServerResponse, error: unknown) {
    if (error instanceof BrokenAnswer || res.headersSent) return res.destroy();
    if (error instanceof Problem) return sendProblem(res, error);
    if (!res.destroyed) logger.error({ err: error }, 'a request failed');
    return sendProblem(
      res,
      new Problem({ status: 500, code: 'internal_error', detail: 'Something went wrong here.' }),
    );
  }

  return (req, response) => {
    const locals = {
      requestId: randomUUID(),
      began: performance.now(),
      traceId: sampledTraceId(),
      route: 'unknown',
      streams: false,
    };
    const res: Answer = Object.assign(response, { locals });
    res.on('close', count);
    try {
      handle(req, res)?.catch((error: unknown) => refuse(res, error));
    } catch (error) {
      refuse(res, error);
    }
  };
}
