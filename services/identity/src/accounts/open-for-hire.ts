import { newId } from '@guichet/contracts/ids';
import type { Tx } from '@guichet/postgres/transaction';
import type { Account } from './account.ts';
import { accountStore } from './account-store.ts';
import { sendPasswordReset } from './ask-password-reset.ts';
import { resetTokenStore } from './reset-token-store.ts';

type Person = { email: string; firstName: string; lastName: string };

/**
 * The account of the address, opened if there is none. Where nobody has proven yet that the
 * address is theirs, its owner gets the e-mail that sets a password: the account may have been
 * opened by somebody else, who waited for this, and setting the password ends their sessions.
 */
export async function openForHire(tx: Tx, person: Person, hiredBy: string): Promise<Account> {
  const accounts = accountStore(tx);
  // A stranger's language is unknown; that of whoever hires them is the best guess.
  const language = (await accounts.find(hiredBy))?.language ?? 'en';
  const { email, firstName, lastName } = person;
  await accounts.open({ id: newId(), email, passwordHash: null, firstName, lastName, language });

  const account = await accounts.findByEmail(email);
  if (!account) throw new Error('The account that was just opened is not there.');
  const proven = await accounts.addressIsProven(account.id);
  // Three organisers who hire somebody on one evening send one e-mail, while its token is good.
  if (!proven && !(await resetTokenStore(tx).isOnItsWay(account.id))) {
    await sendPasswordReset(tx, account);
  }
  return account;
}
