import {
  endSession as endSessionOperation,
  listSessions as listSessionsOperation,
  login,
  logout,
  refresh,
  type StartedSession,
} from '@guichet/contracts/auth';
import { Refusal } from '@guichet/contracts/refusal';
import type { Routes } from '@guichet/http/routes';
import type { Request, Response } from 'express';
import type { EmploymentRefusal } from '../employments/employment.ts';
import { clientNetwork } from '../throttles/client-network.ts';
import type { ThrottleRefusal } from '../throttles/throttle.ts';
import { clearCookies, refreshTokenIn, setCookies } from './cookies.ts';
import type { EndSession } from './end-session.ts';
import type { Grant } from './grant.ts';
import type { ListSessions } from './list-sessions.ts';
import type { RefreshSession } from './refresh-session.ts';
import type { SessionRefusal } from './session.ts';
import type { SignIn } from './sign-in.ts';
import type { SignOut } from './sign-out.ts';

export const statusOfSessionRefusal = {
  refresh_token_invalid: 401,
  refresh_token_reused: 401,
  session_not_found: 404,
  not_employed: 403,
  too_many_attempts: 429,
} satisfies Record<SessionRefusal | EmploymentRefusal | ThrottleRefusal, number>;

const answer = (res: Response, session: StartedSession) =>
  res.set('cache-control', 'no-store').json(session);

const answerTokens = (res: Response, grant: Grant) =>
  answer(res, { ...grant, tokenType: 'Bearer' });

/** What a script cannot read in the cookies, it must not find in the body either. */
function answerCookies(res: Response, grant: Grant, lifetime: { idleMs: number }): void {
  setCookies(res, grant, lifetime);
  answer(res, { tokenType: 'Cookie', expiresIn: grant.expiresIn });
}

/** What its owner recognises a session by. */
const deviceOf = (req: Request) => (req.get('user-agent') ?? 'unknown').slice(0, 200);

const noToken = () =>
  new Refusal<SessionRefusal>('refresh_token_invalid', 'Send a refresh token, or sign in.');

export function sessionRoutes(
  routes: Routes,
  deps: {
    signIn: SignIn;
    refreshSession: RefreshSession;
    signOut: SignOut;
    listSessions: ListSessions;
    endSession: EndSession;
    idleMs: number;
  },
): void {
  routes.on(login, async ({ body: { cookies, ...attempt }, req, res }) => {
    const address = clientNetwork(req.ip ?? 'unknown');
    const grant = await deps.signIn({ ...attempt, address, device: deviceOf(req) });

    if (cookies) answerCookies(res, grant, deps);
    else answerTokens(res, grant);
  });

  routes.on(refresh, async ({ body: { refreshToken, organiserId }, req, res }) => {
    const token = refreshToken ?? refreshTokenIn(req);
    if (!token) throw noToken();
    const grant = await deps.refreshSession(token, organiserId);

    if (refreshToken) answerTokens(res, grant);
    else answerCookies(res, grant, deps);
  });

  routes.on(logout, async ({ body: { refreshToken }, req, res }) => {
    const token = refreshToken ?? refreshTokenIn(req);
    if (token) await deps.signOut(token);

    if (!refreshToken) clearCookies(res);
    res.status(204).end();
  });

  routes.on(listSessionsOperation, async ({ subject, res }) => {
    const sessions = await deps.listSessions(subject.id);
    const items = sessions.map((session) => ({
      ...session,
      current: session.id === subject.sessionId,
    }));
    res.set('cache-control', 'no-store').json({ items });
  });

  routes.on(endSessionOperation, async ({ params, subject, res }) => {
    await deps.endSession(subject.id, params.id);
    res.status(204).end();
  });
}
