import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import { revokeSubject } from '../accounts/revoke-subject.ts';
import type { SessionRefusal } from './session.ts';
import { sessionStore } from './session-store.ts';

/** Signs a person out on one of their devices. Another's session is as if there were none. */
export const endSession =
  ({ pool }: { pool: Pool }) =>
  async (accountId: string, sessionId: string): Promise<void> => {
    await inTransaction(pool, async (tx) => {
      const sessions = sessionStore(tx);
      if (!(await sessions.isLiveOf(sessionId, accountId))) {
        throw new Refusal<SessionRefusal>('session_not_found', 'You have no such session.');
      }
      if (await sessions.end(sessionId, 'signed_out')) await revokeSubject(tx, accountId);
    });
  };
export type EndSession = ReturnType<typeof endSession>;
