import type { IncomingMessage } from 'node:http';
import { bodyLimitOf, isRawBody, type Operation } from '@guichet/contracts/operation';
import { type IRouter, json, type Request, type RequestHandler, raw } from 'express';
import { bearerOf, checkAccess } from './access.ts';
import type { Answer, Call, Handler, PlainHandler, PlainRoute } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { bodyHash, claimKey, type IdempotencyStore, readKey } from './idempotency.ts';
import { keepAnswer } from './keep-answer.ts';
import { parseRequest } from './parse-request.ts';
import { hasPlainBody, readPlainBody } from './plain-requests.ts';
import { Problem } from './problem.ts';
import type { Subject } from './subject.ts';
import type { TokenVerifier } from './verify-token.ts';

export interface Routes {
  /** Serves an operation: access first, then its input parsed, then its key, then `handle`. */
  on<const O extends Operation>(operation: O, handle: Handler<O>): void;
  /**
   * The same for what a rush asks for: a plain request (`hasPlainBody`) is served before Express
   * looks at it, whose routing, parsing and wrapping are a good part of what a small answer costs.
   * For an operation that is its path and its body, and looks after its key itself.
   */
  onPlain<const O extends Operation>(operation: O, handle: PlainHandler<O>): void;
}

/** `/api/bookings/{id}` as Express has it. */
const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

const headerOf = (req: IncomingMessage, name: string): string | undefined => {
  const value = req.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** The parser of what an operation reads, and no other: an operation without a body reads none. */
function bodyParser(operation: Operation, usualBytes: number): RequestHandler[] {
  const { body } = operation;
  if (!body) return [];
  const limit = bodyLimitOf(operation, usualBytes);
  return [isRawBody(body) ? raw({ type: [...body.raw], limit }) : json({ limit })];
}

/** What came in, or a 415: a parser that was not meant for the media type leaves nothing behind. */
function readBody({ body }: Operation, came: unknown): unknown {
  if (!body) return undefined;
  if (came === undefined) {
    const types = isRawBody(body) ? body.raw : ['application/json'];
    throw new Problem({
      status: 415,
      code: 'unsupported_media_type',
      detail: `Send a body, with its Content-Type: ${types.join(' or ')}.`,
    });
  }
  return isRawBody(body) ? came : parseRequest(body, came);
}

/** A mistake in a service's own routes, seen when it starts. */
function assertPlain({ id, path, params, query, body, streams, ...operation }: Operation): void {
  const keeps = operation.idempotency !== undefined && operation.idempotencyBy !== 'handler';
  if (!body || isRawBody(body) || params || query || streams || keeps || path.includes('{')) {
    throw new Error(`${id} is more than a path, a JSON body and a key of its handler’s own.`);
  }
}

/** Raw bytes count by a hash of theirs: JSON would make a list of numbers of them first. */
const hashOf = (path: string, body: unknown): string =>
  bodyHash({ path, body: Buffer.isBuffer(body) ? bodyHash(body) : body });

/** Serves operations by an Express router; JSON bodies may be `bodyLimitBytes` long. */
export function createRoutes({
  router,
  tokens,
  idempotencyStore,
  bodyLimitBytes,
}: {
  router: IRouter;
  tokens: TokenVerifier;
  idempotencyStore?: IdempotencyStore | undefined;
  bodyLimitBytes: number;
}): Routes & {
  /** What answers a request without Express, if anything does. */
  plainRouteOf(req: IncomingMessage): PlainRoute | undefined;
} {
  async function withKey(
    operation: Operation,
    call: Call<Operation>,
    handle: Handler<Operation>,
  ): Promise<void> {
    const { idempotencyKey: key, subject, manageToken, res } = call;
    if (key === undefined || operation.idempotencyBy === 'handler') return handle(call);
    if (!idempotencyStore) {
      throw new Error(`${operation.id} takes an Idempotency-Key but its service keeps none`);
    }

    const scope = `${operation.id} ${subject?.id ?? (manageToken ? bodyHash(manageToken) : 'anyone')}`;
    const kept = await claimKey(idempotencyStore, { scope, key, bodyHash: call.bodyHash });
    if (kept) {
      res.status(kept.status).set({ ...kept.headers, 'idempotent-replayed': 'true' });
      res.end(kept.body);
      return;
    }
    const undo = keepAnswer(res, idempotencyStore, { scope, key });
    try {
      await handle(call);
    } catch (error) {
      undo();
      await idempotencyStore.release({ scope, key });
      throw error;
    }
  }

  /**
   * Before a byte of the body is read: who may not call is told so, whatever they sent. The token is
   * verified here too, so that no service trusts a header that another one wrote.
   */
  function admit(operation: Operation, req: IncomingMessage, { locals }: Answer) {
    locals.route = operation.path;
    locals.streams = operation.streams;
    const enter = (subject: Subject | undefined) => {
      checkAccess(operation, subject, headerOf(req, 'x-manage-token'));
      locals.subject = subject;
    };
    const token = operation.ignoresToken ? undefined : bearerOf(req);
    return token === undefined ? enter(undefined) : tokens.verify(token).then(enter);
  }

  const admission =
    (operation: Operation): RequestHandler =>
    (req, res, next) => {
      const entering = admit(operation, req, res as Answer);
      return entering ? entering.then(() => next()) : next();
    };

  /** Parses what came, and lets `handle` answer it. */
  function serve(
    operation: Operation,
    handle: Handler<Operation>,
    came: { req: IncomingMessage; res: Answer; path: string } & Partial<
      Pick<Request, 'params' | 'query' | 'body'>
    >,
  ): Promise<void> {
    const { params, query, idempotency } = operation;
    const { req, res, path } = came;
    const key = idempotency
      ? readKey(headerOf(req, 'idempotency-key'), idempotency === 'required')
      : undefined;
    const body = readBody(operation, came.body);
    const call = {
      params: params && parseRequest(params, came.params),
      query: query && parseRequest(query, came.query),
      body,
      headers: req.headers,
      subject: res.locals.subject,
      manageToken: headerOf(req, 'x-manage-token'),
      idempotencyKey: key,
      bodyHash: key === undefined ? '' : hashOf(path, body),
      deadline: deadlineOf(req),
      req,
      res,
    } as unknown as Call<Operation>;
    return withKey(operation, call, handle);
  }

  function on<O extends Operation>(operation: O, handle: Handler<O>): void {
    const handler: RequestHandler = async (req, res) => {
      const { path, params, query, body } = req;
      const came = { req, res: res as Answer, path, params, query, body };
      await serve(operation, handle as unknown as Handler<Operation>, came);
    };
    router[operation.method](
      expressPath(operation.path),
      admission(operation),
      ...bodyParser(operation, bodyLimitBytes),
      handler,
    );
  }

  /** By method and path. */
  const plain = new Map<string, { limitBytes: number; route: PlainRoute }>();

  return {
    on,

    onPlain(operation, handle) {
      assertPlain(operation);
      const handler = handle as unknown as Handler<Operation>;
      on<Operation>(operation, handler);
      plain.set(`${operation.method.toUpperCase()} ${operation.path}`, {
        limitBytes: bodyLimitOf(operation, bodyLimitBytes),
        async route(req, res) {
          await admit(operation, req, res);
          const body = await readPlainBody(req, res);
          await serve(operation, handler, { req, res, path: operation.path, body });
        },
      });
    },

    plainRouteOf(req) {
      const found = plain.get(`${req.method} ${req.url}`);
      return found && hasPlainBody(req, found.limitBytes) ? found.route : undefined;
    },
  };
}
