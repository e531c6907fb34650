import type { Queryable } from '@guichet/postgres/pool';

export const resetTokenStore = (db: Queryable) => ({
  async keep(token: { tokenHash: Buffer; accountId: string; lifetimeMs: number }): Promise<Date> {
    const { rows } = await db.query<{ expiresAt: Date }>(
      `insert into reset_tokens (token_hash, account_id, expires_at)
       values ($1, $2, now() + $3 * interval '1 millisecond')
       returning expires_at as "expiresAt"`,
      [token.tokenHash, token.accountId, token.lifetimeMs],
    );
    return (rows[0] as { expiresAt: Date }).expiresAt;
  },

  async isValid(tokenHash: Buffer): Promise<boolean> {
    const { rowCount } = await db.query(
      'select from reset_tokens where token_hash = $1 and expires_at > now()',
      [tokenHash],
    );
    return rowCount === 1;
  },

  async isOnItsWay(accountId: string): Promise<boolean> {
    const { rowCount } = await db.query(
      'select from reset_tokens where account_id = $1 and expires_at > now() limit 1',
      [accountId],
    );
    return rowCount !== 0;
  },

  /**
   * Uses the token up, and with it every other one of the account. Deleting it is what makes it
   * single-use: of two who show it at once, the second finds no row.
   */
  async use(tokenHash: Buffer): Promise<string | undefined> {
    const { rows } = await db.query<{ accountId: string }>(
      `with used as (
         delete from reset_tokens where token_hash = $1 and expires_at > now()
         returning account_id
       ), others as (
         delete from reset_tokens t using used
          where t.account_id = used.account_id and t.token_hash <> $1
       )
       select account_id as "accountId" from used`,
      [tokenHash],
    );
    return rows[0]?.accountId;
  },

  async removeExpired(): Promise<void> {
    await db.query('delete from reset_tokens where expires_at < now()');
  },
});
