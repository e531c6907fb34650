import type { Pool } from '@guichet/postgres/pool';
import { sessionStore } from './session-store.ts';

/** Where a person is signed in, most recently used first. */
export const listSessions =
  ({ pool }: { pool: Pool }) =>
  (accountId: string) =>
    sessionStore(pool).listLive(accountId);
export type ListSessions = ReturnType<typeof listSessions>;
