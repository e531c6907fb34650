import type { Queryable } from '@guichet/postgres/pool';
import type { Account, NewAccount } from './account.ts';

const columns = `id, email, password_hash as "passwordHash", first_name as "firstName",
                 last_name as "lastName", language, version`;

export const accountStore = (db: Queryable) => ({
  /**
   * Opens the account unless the address has one, and says whether it did. Whoever asks must not
   * learn the difference.
   */
  async open(account: NewAccount): Promise<boolean> {
    const { rowCount } = await db.query(
      `insert into accounts (id, email, password_hash, first_name, last_name, language)
       values ($1, $2, $3, $4, $5, $6)
       on conflict on constraint accounts_one_per_address do nothing`,
      [
        account.id,
        account.email,
        account.passwordHash,
        account.firstName,
        account.lastName,
        account.language,
      ],
    );
    return rowCount === 1;
  },

  async find(id: string): Promise<Account | undefined> {
    const { rows } = await db.query<Account>(`select ${columns} from accounts where id = $1`, [id]);
    return rows[0];
  },

  async findByEmail(email: string): Promise<Account | undefined> {
    const { rows } = await db.query<Account>(`select ${columns} from accounts where email = $1`, [
      email,
    ]);
    return rows[0];
  },

  async addressIsProven(id: string): Promise<boolean> {
    const { rowCount } = await db.query(
      'select from accounts where id = $1 and address_proven_at is not null',
      [id],
    );
    return rowCount === 1;
  },

  /** Nothing happens when the password changed meanwhile: the newer hash is the right one. */
  async rehash(id: string, from: string, to: string): Promise<void> {
    await db.query('update accounts set password_hash = $3 where id = $1 and password_hash = $2', [
      id,
      from,
      to,
    ]);
  },

  /** Sets the password of whoever showed a token that only the owner of the address was sent. */
  async setPassword(id: string, passwordHash: string): Promise<void> {
    await db.query(
      `update accounts
          set password_hash = $2,
              address_proven_at = coalesce(address_proven_at, now())
        where id = $1`,
      [id, passwordHash],
    );
  },

  /** The next version, which numbers the fact that is about to be told. */
  async advance(id: string): Promise<Account> {
    const { rows } = await db.query<Account>(
      `update accounts set version = version + 1 where id = $1 returning ${columns}`,
      [id],
    );
    const [account] = rows;
    if (!account) throw new Error(`No account ${id}.`);
    return account;
  },
});
