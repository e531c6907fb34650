import type { CookieOptions, Request, Response } from 'express';
import type { Grant } from './grant.ts';

/** The `__Host-` prefix binds it to this host and to TLS (RFC 6265bis 4.1.3.2). */
const accessCookie = '__Host-guichet';
/** Goes to the routes of /api/auth alone, which `__Host-` cannot say: it asks for the path `/`. */
const refreshCookie = '__Secure-guichet-refresh';

const shared: CookieOptions = { httpOnly: true, secure: true, sameSite: 'lax' };
const accessOptions: CookieOptions = { ...shared, path: '/' };
const refreshOptions: CookieOptions = { ...shared, path: '/api/auth' };

export function setCookies(res: Response, grant: Grant, { idleMs }: { idleMs: number }): void {
  res.cookie(accessCookie, grant.accessToken, {
    ...accessOptions,
    maxAge: grant.expiresIn * 1_000,
  });
  res.cookie(refreshCookie, grant.refreshToken, { ...refreshOptions, maxAge: idleMs });
}

export function clearCookies(res: Response): void {
  res.clearCookie(accessCookie, accessOptions);
  res.clearCookie(refreshCookie, refreshOptions);
}

/** The refresh token of the page's cookie. Its characters need no decoding. */
export function refreshTokenIn(req: Request): string | undefined {
  const cookies = req.headers.cookie?.split(';').map((cookie) => cookie.trim()) ?? [];
  const prefix = `${refreshCookie}=`;
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
}
