import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { responseHeaders } from './forwarded-headers.ts';

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
};

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
 * memory than the sockets hold. A slow client pauses the service; a client that leaves aborts it.
 *
 * Resolves with the answer's status once it is sent; rejects with one of the four above.
 */
export function exchange(pool: Pool, call: Call, res: ServerResponse): Promise<number> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let status = 0;
    const onClose = () => {
      if (!res.writableFinished) controller?.abort(new Error('the client left'));
    };
    const onDrain = () => controller?.resume();
    const settle = (finish: () => void) => {
      res.off('close', onClose);
      res.off('drain', onDrain);
      finish();
    };
    res.on('close', onClose);
    res.on('drain', onDrain);

    pool.dispatch(
      {
        method: call.method,
        path: call.path,
        headers: call.headers,
        body: call.body,
        headersTimeout: call.timeoutMs,
        bodyTimeout: call.timeoutMs,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (res.destroyed) started.abort(new Error('the client left'));
        },
        onResponseStart(_, statusCode, headers) {
          // 1xx are of one connection only, and an answer that goes on follows.
          if (statusCode < 200) return;
          status = statusCode;
          res.writeHead(statusCode, responseHeaders(headers));
        },
        onResponseData(current, chunk) {
          if (!res.write(chunk)) current.pause();
        },
        onResponseEnd() {
          settle(() => {
            res.end();
            resolve(status);
          });
        },
        onResponseError(_, cause) {
          settle(() => reject(failureOf(cause, call, res)));
        },
      },
    );
  });
}
