import { Refusal } from '@guichet/contracts/refusal';
import { auditRecorded } from '@guichet/messaging/audit';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { hashOfSecret } from '../secret.ts';
import { endSessionsOf } from '../sessions/end-sessions.ts';
import type { AccountRefusal } from './account.ts';
import { accountStore } from './account-store.ts';
import type { Passwords } from './passwords.ts';
import { refuseCommonPassword } from './register-account.ts';
import { resetTokenStore } from './reset-token-store.ts';
import { revokeSubject } from './revoke-subject.ts';

const invalid = () =>
  new Refusal<AccountRefusal>(
    'reset_token_invalid',
    'This link was used already, or is older than ten minutes. Ask for another.',
  );

/** Sets the password of whoever shows the e-mail's token, and ends every session they had. */
export const resetPassword =
  ({ pool, passwords }: { pool: Pool; passwords: Passwords }) =>
  async ({ token, password }: { token: string; password: string }): Promise<void> => {
    refuseCommonPassword(password);
    const tokenHash = hashOfSecret(token);
    // A hash costs tens of milliseconds, and no transaction stays open that long; a token that is
    // wrong is not worth one.
    if (!(await resetTokenStore(pool).isValid(tokenHash))) throw invalid();
    const passwordHash = await passwords.hash(password);

    await inTransaction(pool, async (tx) => {
      const accountId = await resetTokenStore(tx).use(tokenHash);
      if (!accountId) throw invalid();

      await endSessionsOf(tx, accountId, 'password_reset');
      await accountStore(tx).setPassword(accountId, passwordHash);
      const { version } = await revokeSubject(tx, accountId);
      await outbox(tx, 'identity').add(
        auditRecorded(
          {
            actorId: accountId,
            organiserId: null,
            action: 'account.password_reset',
            target: accountId,
          },
          version,
        ),
      );
    });
  };
export type ResetPassword = ReturnType<typeof resetPassword>;
