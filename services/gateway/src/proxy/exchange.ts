import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { heartbeatMs } from '@guichet/contracts/live';
import type { Dispatcher, Pool } from 'undici';
import type { Turn } from '../upstreams/queue-age.ts';
import { queueAgeOf, responseHeaders } from './forwarded-headers.ts';

/** The service could not be asked, or fell silent before the first byte of its answer. */
export class NoAnswer extends Error {}
/** No connection came about, so that not a byte of the request was sent: anybody may have it next. */
export class NotAsked extends NoAnswer {}
/** The answer had begun when it broke off: all that can be done is to break off too. */
export class BrokenAnswer extends Error {}
/** The client left, or sent what it may not: nothing that its service could be blamed for. */
export class ClientBrokeOff extends Error {}

export type Call = {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: string[];
  readonly body: Readable | Buffer | null;
  readonly timeoutMs: number;
  /** Whether the answer, once it has begun, goes on for as long as somebody listens. */
  readonly streams: boolean;
};

/** An exchange that is under way. */
export type Exchange = {
  /** Resolves when the answer has begun, and never where it does not. */
  readonly begun: Promise<void>;
  /** Resolves with the answer's status once it is sent; rejects with one of the four above. */
  readonly ended: Promise<number>;
  /** Ends an answer that has begun where it is, and leaves the service. */
  end(): void;
};

/** A service that says nothing for so long, not even that it is there, is gone. */
const silentMs = 4 * heartbeatMs;

/** Codes that only ever come of connecting; `UND_ERR_CLOSED` is of an endpoint that has just gone. */
const connecting = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
]);

function wasNotAsked({ code, syscall }: NodeJS.ErrnoException): boolean {
  return connecting.has(code ?? '') || syscall === 'connect';
}

function failureOf(cause: Error, { body }: Call, res: ServerResponse): Error {
  if (res.destroyed || (body instanceof Readable && body.errored)) {
    return new ClientBrokeOff('the client broke off', { cause });
  }
  if (res.headersSent) return new BrokenAnswer('the answer broke off', { cause });
  return wasNotAsked(cause)
    ? new NotAsked('no connection came about', { cause })
    : new NoAnswer('no byte of an answer came', { cause });
}

/**
 * Streams one exchange: the call to the service, its answer to the client, never more of either in
 * memory than the sockets hold. A slow client pauses the service; a client that leaves aborts it, and
 * one that leaves while it waits for a connection is gone at once. `turn` is its place in that line.
 */
export function exchange(pool: Pool, call: Call, res: ServerResponse, turn?: Turn): Exchange {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<number>();
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  const onClose = () => {
    if (res.writableFinished) return;
    if (controller) controller.abort(new Error('the client left'));
    else settle(() => ended.reject(new ClientBrokeOff('the client left the line')));
  };
  const onDrain = () => controller?.resume();
  const settle = (finish: () => void) => {
    res.off('close', onClose);
    res.off('drain', onDrain);
    turn?.left();
    finish();
  };
  const end = () =>
    settle(() => {
      res.end();
      ended.resolve(status);
    });
  res.on('close', onClose);
  res.on('drain', onDrain);

  pool.dispatch(
    {
      method: call.method,
      path: call.path,
      headers: call.headers,
      body: call.body,
      headersTimeout: call.timeoutMs,
      bodyTimeout: call.streams ? silentMs : call.timeoutMs,
    },
    {
      onRequestStart(started) {
        controller = started;
        turn?.served();
        if (res.destroyed) started.abort(new Error('the client left'));
      },
      onResponseStart(_, statusCode, headers) {
        // 1xx are of one connection only, and an answer that goes on follows.
        if (statusCode < 200) return;
        status = statusCode;
        const ageMs = queueAgeOf(headers);
        if (ageMs !== undefined) turn?.heard(ageMs);
        res.writeHead(statusCode, responseHeaders(headers));
        // Otherwise they wait for the first byte of the body, which may be long in coming.
        if (call.streams) res.flushHeaders();
        begun.resolve();
      },
      onResponseData(current, chunk) {
        if (!res.write(chunk)) current.pause();
      },
      onResponseEnd: end,
      onResponseError(_, cause) {
        settle(() => ended.reject(failureOf(cause, call, res)));
      },
    },
  );

  return {
    begun: begun.promise,
    ended: ended.promise,
    end() {
      end();
      controller?.abort(new Error('the answer is ended here'));
    },
  };
}
