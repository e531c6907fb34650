import type { Tx } from '@guichet/postgres/transaction';
import type { EndReason } from './session.ts';
import { sessionStore } from './session-store.ts';

export const endSessionsOf = (tx: Tx, accountId: string, reason: EndReason): Promise<void> =>
  sessionStore(tx).endAllOf(accountId, reason);
