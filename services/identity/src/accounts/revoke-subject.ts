import { outbox } from '@guichet/postgres/outbox';
import type { Tx } from '@guichet/postgres/transaction';
import type { Account } from './account.ts';
import { subjectRevoked } from './account-facts.ts';
import { accountStore } from './account-store.ts';

/** The next version of the account, which numbers the fact about to be told of this person. */
export const advanceAccount = (tx: Tx, accountId: string): Promise<Account> =>
  accountStore(tx).advance(accountId);

/** Tells every service to forget the access tokens that this person has. */
export async function revokeSubject(tx: Tx, accountId: string): Promise<Account> {
  const account = await advanceAccount(tx, accountId);
  await outbox(tx, 'identity').add(subjectRevoked(account));
  return account;
}
