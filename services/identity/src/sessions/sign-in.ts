import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { NoteSecurityEvent } from '@guichet/telemetry/security-events';
import type { CheckPassword } from '../accounts/check-password.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import type { SignInThrottle } from '../throttles/sign-in-throttle.ts';
import type { AccessTokens } from '../tokens/access-token.ts';
import { type Grant, grantOf } from './grant.ts';
import type { Lifetimes } from './session.ts';
import { sessionStore } from './session-store.ts';

type Attempt = {
  email: string;
  password: string;
  organiserId?: string | undefined;
  /** Where the attempt came from. */
  address: string;
  device: string;
};

/** Starts a session of whoever knows the password. */
export const signIn =
  ({
    pool,
    checkPassword,
    throttle,
    accessTokens,
    lifetimes,
    noteSecurityEvent,
  }: {
    pool: Pool;
    checkPassword: CheckPassword;
    throttle: SignInThrottle;
    accessTokens: AccessTokens;
    lifetimes: Lifetimes;
    noteSecurityEvent: NoteSecurityEvent;
  }) =>
  async ({ email, password, organiserId, address, device }: Attempt): Promise<Grant> => {
    const known = async () => {
      // Counted before the password is looked at: guesses that come side by side count each.
      await throttle.attempt({ email, address });
      return checkPassword(email, password);
    };
    const account = await known().catch((error: unknown) => {
      if (error instanceof Refusal) noteSecurityEvent('login_refused');
      throw error;
    });
    await throttle.succeeded({ email, address });

    const refreshToken = newSecret();
    const session = { id: newId(), accountId: account.id, organiserId: organiserId ?? null };
    return inTransaction(pool, async (tx) => {
      const tokenHash = hashOfSecret(refreshToken);
      await sessionStore(tx).start({ ...session, device, tokenHash }, lifetimes);
      return grantOf(tx, accessTokens, session, refreshToken);
    });
  };
export type SignIn = ReturnType<typeof signIn>;
