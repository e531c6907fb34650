import { newId } from '@guichet/contracts/ids';
import { Refusal } from '@guichet/contracts/refusal';
import type { Language } from '@guichet/contracts/shapes';
import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction } from '@guichet/postgres/transaction';
import type { AccountRefusal } from './account.ts';
import { customerRegistered } from './account-facts.ts';
import { accountStore } from './account-store.ts';
import { isCommonPassword } from './common-passwords.ts';
import { noSoonerThan } from './no-sooner-than.ts';
import type { Passwords } from './passwords.ts';

type Wanted = {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  language: Language;
};

/** A password is refused before anything else is looked at, so the refusal says nothing of others. */
export function refuseCommonPassword(password: string): void {
  if (!isCommonPassword(password)) return;
  throw new Refusal<AccountRefusal>(
    'password_too_common',
    'This password is among the most common ones. Choose another.',
  );
}

/** Opens an account; for an address that has one, does nothing, and takes as long. */
export const registerAccount =
  ({ pool, passwords, floorMs }: { pool: Pool; passwords: Passwords; floorMs: number }) =>
  async ({ password, ...person }: Wanted): Promise<void> => {
    refuseCommonPassword(password);

    await noSoonerThan(floorMs, async () => {
      const account = {
        id: newId(),
        ...person,
        passwordHash: await passwords.hash(password),
        version: 1,
      };
      await inTransaction(pool, async (tx) => {
        if (!(await accountStore(tx).open(account))) return;
        await outbox(tx, 'identity').add(customerRegistered(account));
      });
    });
  };
export type RegisterAccount = ReturnType<typeof registerAccount>;
