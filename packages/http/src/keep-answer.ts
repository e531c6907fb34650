import type { Response } from 'express';
import type { IdempotencyStore } from './idempotency.ts';

const keptHeaders = ['content-type', 'location'] as const;

function headersToKeep(res: Response): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = res.getHeader(name);
    if (value !== undefined) headers[name] = String(value);
  }
  return headers;
}

/**
 * Keeps what a handler answers before it is sent, so that the same answer can be given again; an
 * answer that changed nothing (a status of 300 or more) frees the key instead. It stands in the way
 * of `end`, through which every answer goes, `json` and an empty 204 alike.
 *
 * @returns what undoes it, for a handler that throws.
 */
export function keepAnswer(
  res: Response,
  store: IdempotencyStore,
  claim: { scope: string; key: string },
): () => void {
  const end = res.end.bind(res);
  const undo = () => {
    res.end = end;
  };

  res.end = ((body?: string | Uint8Array, encoding?: BufferEncoding) => {
    undo();
    const kept =
      res.statusCode < 300
        ? store.complete({
            ...claim,
            status: res.statusCode,
            headers: headersToKeep(res),
            body: typeof body === 'string' ? body : Buffer.from(body ?? '').toString(),
          })
        : store.release(claim);
    kept.then(
      () => end(body, encoding ?? 'utf8'),
      (error: unknown) => res.req.next?.(error),
    );
    return res;
  }) as Response['end'];
  return undo;
}
