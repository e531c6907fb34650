import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Dispatcher, Pool } from 'undici';
import { responseHeaders } from './forwarded-headers.ts';

/** The service could not be asked, or fell silent before the first byte of its answer. */
export class NoAnswer extends Error {}
/** The answer had begun when it broke off: all that can be done is to break off too. */
export class BrokenAnswer extends Error {}

export type Call = {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: string[];
  readonly body: Readable | Buffer | null;
  readonly timeoutMs: number;
};

/**
 * Streams one exchange: the call to the service, its answer to the client, never more of either in
 * memory than the sockets hold. A slow client pauses the service; a client that leaves aborts it.
 *
 * Resolves with the answer's status once it is sent; rejects with `NoAnswer` or `BrokenAnswer`.
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
          settle(() =>
            reject(
              res.headersSent
                ? new BrokenAnswer('the answer broke off', { cause })
                : new NoAnswer('no byte of an answer came', { cause }),
            ),
          );
        },
      },
    );
  });
}
