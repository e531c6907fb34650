import type { IncomingMessage, ServerResponse } from 'node:http';

const allowedHeaders =
  'authorization, content-type, idempotency-key, x-manage-token, accept-language';
/** What an answer of the gateway depends on, besides its address. */
export const varies = 'origin, sec-fetch-site';
const exposedHeaders = 'location, retry-after, idempotent-replayed, x-request-id';

/**
 * Lets the listed origins' pages call the API with a bearer or manage token. Cookies are never
 * allowed across origins: those are for our own page alone.
 *
 * @returns whether the request was a preflight, and is answered.
 */
export function answerCors(
  req: IncomingMessage,
  res: ServerResponse,
  allowedOrigins: readonly string[],
): boolean {
  res.setHeader('vary', varies);
  const { origin } = req.headers;
  const allowed = origin !== undefined && allowedOrigins.includes(origin);
  if (allowed) {
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader('access-control-expose-headers', exposedHeaders);
  }

  const preflight =
    req.method === 'OPTIONS' && req.headers['access-control-request-method'] !== undefined;
  if (!preflight) return false;
  if (allowed) {
    res.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
    res.setHeader('access-control-allow-headers', allowedHeaders);
    res.setHeader('access-control-max-age', '7200');
  }
  res.writeHead(204).end();
  return true;
}
