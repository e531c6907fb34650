import { outbox } from '@guichet/postgres/outbox';
import type { Pool } from '@guichet/postgres/pool';
import { inTransaction, type Tx } from '@guichet/postgres/transaction';
import { hashOfSecret, newSecret } from '../secret.ts';
import type { Throttle } from '../throttles/throttle.ts';
import type { Account } from './account.ts';
import { passwordResetAsked } from './account-facts.ts';
import { accountStore } from './account-store.ts';
import { noSoonerThan } from './no-sooner-than.ts';
import { resetTokenStore } from './reset-token-store.ts';

/** OWASP ASVS 5.0.0 6.4: ten minutes at most. */
const lifetimeMs = 10 * 60_000;

/** Has the e-mail sent that lets the owner of the address choose a password. */
export async function sendPasswordReset(tx: Tx, account: Account): Promise<void> {
  const token = newSecret();
  const expiresAt = await resetTokenStore(tx).keep({
    tokenHash: hashOfSecret(token),
    accountId: account.id,
    lifetimeMs,
  });
  await outbox(tx, 'identity').add(passwordResetAsked(account, { token, expiresAt }));
}

/**
 * Says nothing about the address: neither by its answer nor by the time it takes. Past the limit of
 * e-mails to one address it does nothing, and says nothing of that either.
 */
export const askPasswordReset =
  ({ pool, throttle, floorMs }: { pool: Pool; throttle: Throttle; floorMs: number }) =>
  async (email: string): Promise<void> => {
    await noSoonerThan(floorMs, async () => {
      if (!(await throttle.allows(email))) return;
      const account = await accountStore(pool).findByEmail(email);
      if (account) await inTransaction(pool, (tx) => sendPasswordReset(tx, account));
    });
  };
export type AskPasswordReset = ReturnType<typeof askPasswordReset>;
