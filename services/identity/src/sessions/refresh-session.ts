import { randomBytes } from 'node:crypto';
import { Refusal } from '@guichet/contracts/refusal';
import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction, type Tx } from '@guichet/postgres/transaction';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
import { tokenReused } from '../accounts/account-facts.ts';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import { hashOfSecret, successorOf } from '../secret.ts';
import type { AccessTokens } from '../tokens/access-token.ts';
import { type Grant, grantOf } from './grant.ts';
import { refreshTokenStore } from './refresh-token-store.ts';
import type { Lifetimes, Session, SessionRefusal } from './session.ts';
import { sessionStore } from './session-store.ts';

/** The session goes on with this token. */
type Continued = { session: Session; refreshToken: string };

const refused = (code: 'refresh_token_invalid' | 'refresh_token_reused', sentence: string) =>
  new Refusal<SessionRefusal>(code, sentence);

async function continueSession(
  tx: Tx,
  token: string,
  graceMs: number,
): Promise<Continued | undefined> {
  const tokens = refreshTokenStore(tx);
  const tokenHash = hashOfSecret(token);
  const salt = randomBytes(32);
  const refreshToken = successorOf(token, salt);

  const session = await tokens.rotate(tokenHash, { salt, hash: hashOfSecret(refreshToken) });
  if (session) return { session, refreshToken };

  // Two tabs that wake up at once both ask with the token they share. They get the same successor.
  const justNow = await tokens.findUsedJustNow(tokenHash, graceMs);
  return justNow && { session: justNow.session, refreshToken: successorOf(token, justNow.salt) };
}

/** A used token that comes back was copied: nobody knows by whom, so the whole session ends. */
async function endIfReused(tx: Tx, token: string): Promise<boolean> {
  const session = await refreshTokenStore(tx).findSession(hashOfSecret(token));
  if (!session?.used || !(await sessionStore(tx).end(session.id, 'token_reused'))) return false;

  const account = await revokeSubject(tx, session.accountId);
  const facts = outbox(tx, 'identity');
  await facts.add(tokenReused(account));
  await facts.add(
    auditRecorded(
      {
        actorId: session.accountId,
        organiserId: null,
        action: 'session.token_reused',
        target: session.id,
      },
      account.version,
    ),
  );
  return true;
}

/**
 * Gives the next access and refresh token. With an organiser, the access token acts for them from
 * now on; with `null`, for nobody; without, for whom it did. A refusal leaves the token unused.
 */
export const refreshSession =
  ({
    pool,
    accessTokens,
    lifetimes,
    noteSecurityEvent,
  }: {
    pool: Pool;
    accessTokens: AccessTokens;
    lifetimes: Lifetimes;
    noteSecurityEvent: NoteSecurityEvent;
  }) =>
  async (token: string, organiserId: string | null | undefined): Promise<Grant> => {
    // What ends a session must be kept, so the refusal is thrown outside of the transaction.
    const outcome = await inTransaction(pool, async (tx) => {
      const continued = await continueSession(tx, token, lifetimes.graceMs);
      if (!continued) return (await endIfReused(tx, token)) ? 'reused' : 'invalid';

      const { session, refreshToken } = continued;
      if (organiserId === undefined || organiserId === session.organiserId) {
        return grantOf(tx, accessTokens, session, refreshToken);
      }
      await sessionStore(tx).actFor(session.id, organiserId);
      return grantOf(tx, accessTokens, { ...session, organiserId }, refreshToken);
    });

    if (outcome === 'invalid') {
      throw refused('refresh_token_invalid', 'This session has ended. Sign in again.');
    }
    if (outcome === 'reused') {
      noteSecurityEvent('token_reused');
      throw refused(
        'refresh_token_reused',
        'This token was used before. The session was ended, in case somebody copied it.',
      );
    }
    return outcome;
  };
export type RefreshSession = ReturnType<typeof refreshSession>;
