import type { Queryable } from '@guichet/postgres/pool';

/** Guessing six digits by five tries succeeds once in 200,000 codes. */
const mostTries = 5;

export const emailCodeStore = (db: Queryable) => ({
  /** Keeps a code for so long, unless as many were asked for within an hour as may be. */
  async keep(
    roomId: string,
    { emailHash, codeHash }: { emailHash: Buffer; codeHash: Buffer },
    { minutes, mostPerHour }: { minutes: number; mostPerHour: number },
  ): Promise<{ expiresAt: Date } | undefined> {
    const { rows } = await db.query<{ expiresAt: Date }>(
      `insert into email_codes (room_id, email_hash, code_hash, expires_at)
       select $1, $2, $3, now() + $4 * interval '1 minute'
        where (select count(*) from email_codes
                where room_id = $1 and email_hash = $2
                  and asked_at > now() - interval '1 hour') < $5
       returning expires_at as "expiresAt"`,
      [roomId, emailHash, codeHash, minutes, mostPerHour],
    );
    return rows[0];
  },

  /** Whether it is one of the address's codes; each try counts against all of them. */
  async check(roomId: string, emailHash: Buffer, codeHash: Buffer): Promise<boolean> {
    const { rows } = await db.query<{ fits: boolean }>(
      `update email_codes set tries = tries + 1
        where room_id = $1 and email_hash = $2 and expires_at > now() and tries < $4
       returning code_hash = $3 as fits`,
      [roomId, emailHash, codeHash, mostTries],
    );
    return rows.some(({ fits }) => fits);
  },

  /** Forgets codes of a day ago. */
  async forget(): Promise<number> {
    const { rowCount } = await db.query(
      `delete from email_codes where asked_at < now() - interval '1 day'`,
    );
    return rowCount ?? 0;
  },
});
