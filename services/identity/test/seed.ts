import { newId } from '@guichet/contracts/ids';
import type { Pool } from '@guichet/postgres/pool';
import type { Account, NewAccount } from '../src/accounts/account.ts';
import { accountStore } from '../src/accounts/account-store.ts';
import { employeeStore } from '../src/employees/employee-store.ts';
import { hashOfSecret, newSecret } from '../src/secret.ts';
import type { Lifetimes } from '../src/sessions/session.ts';
import { sessionStore } from '../src/sessions/session-store.ts';

export const lifetimes: Lifetimes = {
  accessTokenSeconds: 300,
  sessionMs: 86_400_000,
  idleMs: 3_600_000,
  graceMs: 10_000,
};

export async function seedAccount(pool: Pool, given: Partial<NewAccount> = {}): Promise<Account> {
  const id = newId();
  const account = {
    id,
    email: `${id}@guichet.test`,
    passwordHash: null,
    firstName: 'Ada',
    lastName: 'Lovelace',
    language: 'en' as const,
    ...given,
  };
  await accountStore(pool).open(account);
  return { ...account, version: 1 };
}

/** A session, and the refresh token that its device holds. */
export async function seedSession(pool: Pool, given: Partial<Lifetimes> = {}) {
  const { id: accountId } = await seedAccount(pool);
  const refreshToken = newSecret();
  const session = { id: newId(), accountId, organiserId: null };
  await sessionStore(pool).start(
    { ...session, device: 'test', tokenHash: hashOfSecret(refreshToken) },
    { ...lifetimes, ...given },
  );
  return { ...session, refreshToken };
}

/** An organiser with so many admins. */
export async function seedAdmins(pool: Pool, count: number) {
  const organiserId = newId();
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await seedEmployee(pool, organiserId, 'admin'));
  return { organiserId, ids };
}

export async function seedEmployee(pool: Pool, organiserId: string, role: string) {
  const { id } = await seedAccount(pool);
  const named = { firstName: 'Ada', lastName: 'Lovelace' };
  await employeeStore(pool).hire({ organiserId, id, role, ...named });
  return id;
}

/** The facts that wait to be published, oldest first. */
export async function factsIn(pool: Pool, ...types: string[]) {
  const { rows } = await pool.query<{
    type: string;
    subject: string;
    sequence: number;
    data: Record<string, unknown>;
  }>('select type, subject, sequence, data from outbox order by position');
  return types.length === 0 ? rows : rows.filter(({ type }) => types.includes(type));
}
