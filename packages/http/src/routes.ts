import type { IncomingHttpHeaders } from 'node:http';
import { bodyLimitOf, isRawBody, type Operation } from '@guichet/contracts/operation';
import { type IRouter, json, type Request, type RequestHandler, type Response, raw } from 'express';
import type { z } from 'zod';
import { bearerOf, checkAccess } from './access.ts';
import { deadlineOf } from './deadline.ts';
import { bodyHash, claimKey, type IdempotencyStore, readKey } from './idempotency.ts';
import { keepAnswer } from './keep-answer.ts';
import { parseRequest } from './parse-request.ts';
import { Problem } from './problem.ts';
import type { Subject } from './subject.ts';
import type { TokenVerifier } from './verify-token.ts';

type Parsed<O, Name extends string> = O extends {
  readonly [N in Name]: infer S extends z.ZodType;
}
  ? z.output<S>
  : O extends { readonly [N in Name]: { raw: readonly string[] } }
    ? Buffer
    : undefined;

/** Whoever holds a permission acts for an organiser. */
type SubjectOf<Access> = Access extends 'public' | 'booking'
  ? Subject | undefined
  : Access extends { permission: unknown }
    ? Subject & { readonly organiserId: string }
    : Subject;

/** What a handler gets: everything parsed, who asks, and Express's own for the answer. */
export type Call<O extends Operation> = {
  readonly params: Parsed<O, 'params'>;
  readonly query: Parsed<O, 'query'>;
  readonly body: Parsed<O, 'body'>;
  readonly headers: IncomingHttpHeaders;
  /** Always there where the operation's access asks for one. */
  readonly subject: SubjectOf<O['access']>;
  readonly manageToken: string | undefined;
  /** Always there where the operation requires one. */
  readonly idempotencyKey: O extends { idempotency: 'required' } ? string : string | undefined;
  /** Of what was asked: the path and the parsed body, in canonical order. */
  readonly bodyHash: string;
  /** Unix milliseconds at which the caller stops waiting, where it says so. */
  readonly deadline: number | undefined;
  readonly req: Request;
  readonly res: Response;
};
export type Handler<O extends Operation> = (call: Call<O>) => Promise<void> | void;

export interface Routes {
  /** Serves an operation: access first, then its input parsed, then its key, then `handle`. */
  on<const O extends Operation>(operation: O, handle: Handler<O>): void;
}

/** `/api/bookings/{id}` as Express has it. */
const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

const headerOf = (req: Request, name: string): string | undefined => {
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
function readBody({ body }: Operation, req: Request): unknown {
  if (!body) return undefined;
  if (req.body === undefined) {
    const types = isRawBody(body) ? body.raw : ['application/json'];
    throw new Problem({
      status: 415,
      code: 'unsupported_media_type',
      detail: `Send a body, with its Content-Type: ${types.join(' or ')}.`,
    });
  }
  return isRawBody(body) ? req.body : parseRequest(body, req.body);
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
}): Routes {
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
  const admit =
    (operation: Operation): RequestHandler =>
    (req, res, next) => {
      res.locals.route = operation.path;
      res.locals.streams = operation.streams;
      const enter = (subject: Subject | undefined) => {
        checkAccess(operation, subject, headerOf(req, 'x-manage-token'));
        res.locals.subject = subject;
        next();
      };
      const token = operation.ignoresToken ? undefined : bearerOf(req);
      return token === undefined ? enter(undefined) : tokens.verify(token).then(enter);
    };

  const serve =
    (operation: Operation, handle: Handler<Operation>): RequestHandler =>
    async (req, res) => {
      const { params, query, idempotency } = operation;
      const key = idempotency
        ? readKey(headerOf(req, 'idempotency-key'), idempotency === 'required')
        : undefined;
      const body = readBody(operation, req);
      const call = {
        params: params && parseRequest(params, req.params),
        query: query && parseRequest(query, req.query),
        body,
        headers: req.headers,
        subject: res.locals.subject,
        manageToken: headerOf(req, 'x-manage-token'),
        idempotencyKey: key,
        bodyHash: key === undefined ? '' : hashOf(req.path, body),
        deadline: deadlineOf(req),
        req,
        res,
      } as unknown as Call<Operation>;
      await withKey(operation, call, handle);
    };

  return {
    on(operation, handle) {
      const path = expressPath(operation.path);
      const handler = serve(operation, handle as unknown as Handler<Operation>);
      router[operation.method](
        path,
        admit(operation),
        ...bodyParser(operation, bodyLimitBytes),
        handler,
      );
    },
  };
}
