import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import { hashOfSecret } from '../secret.ts';
import { refreshTokenStore } from './refresh-token-store.ts';
import { sessionStore } from './session-store.ts';

/** Ends the session of the token, used or not. A token that nobody knows is as good as signed out. */
export const signOut =
  ({ pool }: { pool: Pool }) =>
  async (token: string): Promise<void> => {
    await inTransaction(pool, async (tx) => {
      const session = await refreshTokenStore(tx).findSession(hashOfSecret(token));
      if (!session || !(await sessionStore(tx).end(session.id, 'signed_out'))) return;
      await revokeSubject(tx, session.accountId);
    });
  };
export type SignOut = ReturnType<typeof signOut>;
