import { describe, expect } from 'vitest';
import { type RunningIdentity, httpTest as test } from '../../test/identity-test.ts';
import { password, signUp } from '../../test/people.ts';

const send = (identity: RunningIdentity, path: string, body: unknown, cookie = '') =>
  fetch(`${identity.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });

const signInForThePage = async (identity: RunningIdentity) => {
  const { email } = await signUp(identity);
  return send(identity, '/api/auth/login', { email, password, cookies: true });
};

/** What a browser would send back to /api/auth. */
const jar = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('the page’s cookies', () => {
  test('hide both tokens from scripts, and the refresh token from all but /api/auth', async ({
    identity,
  }) => {
    const response = await signInForThePage(identity);

    const [access = '', refresh = ''] = response.headers.getSetCookie();
    expect(access).toMatch(/^__Host-guichet=[\w.-]+; Max-Age=300; Path=\/; /);
    expect(refresh).toMatch(/^__Secure-guichet-refresh=[\w-]{43}; Max-Age=\d+; Path=\/api\/auth; /);
    for (const cookie of [access, refresh]) {
      expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    }
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('are where the tokens are, and nothing of them is in the body (ASVS 3.3.4)', async ({
    identity,
  }) => {
    const signedIn = await signInForThePage(identity);
    const refreshed = await send(identity, '/api/auth/refresh', {}, jar(signedIn));

    for (const response of [signedIn, refreshed]) {
      expect(await response.json()).toEqual({ tokenType: 'Cookie', expiresIn: 300 });
    }
  });

  test('come only when asked for: a program is given its tokens', async ({ identity }) => {
    const { email } = await signUp(identity);

    const response = await send(identity, '/api/auth/login', { email, password });

    expect(response.headers.getSetCookie()).toEqual([]);
    const { refreshToken, ...tokens } = (await response.json()) as { refreshToken: string };
    expect(tokens).toEqual({
      tokenType: 'Bearer',
      accessToken: expect.any(String),
      expiresIn: 300,
    });
    const refreshed = await send(identity, '/api/auth/refresh', { refreshToken });
    expect(refreshed.headers.getSetCookie()).toEqual([]);
    expect(await refreshed.json()).toMatchObject({ refreshToken: expect.any(String) });
  });

  test('are renewed by a refresh without a token in its body', async ({ identity }) => {
    const cookies = jar(await signInForThePage(identity));

    const refreshed = await send(identity, '/api/auth/refresh', {}, cookies);

    expect(refreshed.status).toBe(200);
    expect(refreshed.headers.getSetCookie()).toHaveLength(2);
    expect(jar(refreshed)).not.toBe(cookies);
  });

  test('are renewed also when the access token beside them counts no more', async ({
    identity,
  }) => {
    const cookies = jar(await signInForThePage(identity));

    // The gateway passes the access cookie on as a bearer token, good or not.
    const refreshed = await fetch(`${identity.url}/api/auth/refresh`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: cookies,
        authorization: 'Bearer expired',
      },
      body: '{}',
    });

    expect(refreshed.status).toBe(200);
  });

  test('end with the session', async ({ identity }) => {
    const cookies = jar(await signInForThePage(identity));

    const signedOut = await send(identity, '/api/auth/logout', {}, cookies);

    expect(signedOut.status).toBe(204);
    for (const cookie of signedOut.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__(Host|Secure)-guichet(-refresh)?=; .*Expires=Thu, 01 Jan 1970/);
    }
    expect((await send(identity, '/api/auth/refresh', {}, cookies)).status).toBe(401);
  });
});
