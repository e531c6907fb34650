import type { IncomingMessage } from 'node:http';
import { sessionCookie } from './fetch-metadata.ts';

function cookieValue(cookies: string | undefined, name: string): string | undefined {
  for (const pair of cookies?.split(';') ?? []) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * The access token of a request. The page's comes in its cookie; it is passed on as a bearer token,
 * so that services know one way only. Other schemes (a client's Basic at the token endpoint) are
 * the service's own business.
 */
export function bearerToken(req: IncomingMessage): string | undefined {
  const { authorization } = req.headers;
  if (authorization !== undefined) {
    return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  }
  const fromCookie = cookieValue(req.headers.cookie, sessionCookie);
  if (fromCookie === undefined) return undefined;
  req.rawHeaders.push('authorization', `Bearer ${fromCookie}`);
  return fromCookie;
}
