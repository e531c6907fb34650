import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import { listEmployments } from '../employments/acting-for.ts';
import type { AccountRefusal } from './account.ts';
import { accountStore } from './account-store.ts';

/** The person behind a token, and who employs them. */
export const showMe =
  ({ pool }: { pool: Pool }) =>
  async (accountId: string) => {
    const [account, employments] = await Promise.all([
      accountStore(pool).find(accountId),
      listEmployments(pool, accountId),
    ]);
    if (!account)
      throw new Refusal<AccountRefusal>('account_not_found', 'There is no such account.');

    return { account, employments };
  };
export type ShowMe = ReturnType<typeof showMe>;
