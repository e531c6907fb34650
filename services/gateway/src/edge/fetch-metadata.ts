import { Problem } from '@guichet/http/problem';

export const sessionCookie = '__Host-guichet';
/** Alone where the access token beside it has run out: it still refreshes, and signs out. */
const refreshCookie = '__Secure-guichet-refresh';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const hasOurs = (cookies = '') =>
  [sessionCookie, refreshCookie].some((name) => cookies.includes(`${name}=`));

type Asked = {
  readonly method: string;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  readonly secFetchSite: string | undefined;
  readonly origin: string | undefined;
};

/**
 * Cross-site request forgery lives on cookies that a browser sends by itself. An unsafe request
 * that carries ours must come from our own page: `Sec-Fetch-Site: same-origin`, or, from a browser
 * that does not say so, our own `Origin` (OWASP CSRF Prevention Cheat Sheet, Fetch Metadata).
 * Programs send a bearer token instead of a cookie, and are not asked.
 */
export function refuseForgery(asked: Asked, ownOrigins: readonly string[]): void {
  if (!unsafe.has(asked.method) || !hasOurs(asked.cookie)) return;
  if (asked.authorization !== undefined) return;

  const ours =
    asked.secFetchSite === undefined
      ? asked.origin !== undefined && ownOrigins.includes(asked.origin)
      : asked.secFetchSite === 'same-origin';
  if (ours) return;

  throw new Problem({
    status: 403,
    code: 'cross_site_request',
    detail: 'A session cookie is honoured only from our own page. Use an access token instead.',
  });
}
