import { Refusal } from '@guichet/contracts/refusal';
import type { Pool } from '@guichet/postgres/pool';
import type { Account, AccountRefusal } from './account.ts';
import { accountStore } from './account-store.ts';
import type { Passwords } from './passwords.ts';

/** The account whose address and password these are; anything else is one and the same refusal. */
export const checkPassword =
  ({ pool, passwords }: { pool: Pool; passwords: Passwords }) =>
  async (email: string, password: string): Promise<Account> => {
    const account = await accountStore(pool).findByEmail(email);
    const right = await passwords.verify(account?.passwordHash, password);
    if (!account?.passwordHash || !right) {
      throw new Refusal<AccountRefusal>('credentials_invalid', 'Address or password are wrong.');
    }

    if (passwords.isOutdated(account.passwordHash)) {
      const renewed = await passwords.hash(password);
      await accountStore(pool).rehash(account.id, account.passwordHash, renewed);
    }
    return account;
  };
export type CheckPassword = ReturnType<typeof checkPassword>;
