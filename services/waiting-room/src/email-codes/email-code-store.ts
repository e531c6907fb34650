import type { Queryable } from '@guichet/postgres/pool';
import type { Tx } from '@guichet/postgres/transaction';

/** Guessing six digits by five tries succeeds once in 200,000 codes. */
const mostTries = 5;

/**
 * Keeps a code for so long, unless as many were asked for within an hour as may be. Those who ask for
 * one address come one after the other until their transaction ends: of many at once each would count
 * what the others have not written yet (seen: 7 codes of 30 that were asked for, where 3 may be).
 */
export async function keepEmailCode(
  tx: Tx,
  roomId: string,
  { emailHash, codeHash }: { emailHash: Buffer; codeHash: Buffer },
  { minutes, mostPerHour }: { minutes: number; mostPerHour: number },
): Promise<{ expiresAt: Date } | undefined> {
  // A statement of its own: what is counted is what is there once the lock is had.
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended($1 || encode($2::bytea, 'hex'), 0))`,
    [roomId, emailHash],
  );
  const { rows } = await tx.query<{ expiresAt: Date }>(
    `insert into email_codes (room_id, email_hash, code_hash, expires_at)
     select $1, $2, $3, now() + $4 * interval '1 minute'
      where (select count(*) from email_codes
              where room_id = $1 and email_hash = $2
                and asked_at > now() - interval '1 hour') < $5
     returning expires_at as "expiresAt"`,
    [roomId, emailHash, codeHash, minutes, mostPerHour],
  );
  return rows[0];
}

export const emailCodeStore = (db: Queryable) => ({
  /**
   * Whether it is one of the address's codes. A wrong one counts against all of them; a right one
   * does not, since whoever asks again for the turn that they have guesses nothing.
   */
  async check(roomId: string, emailHash: Buffer, codeHash: Buffer): Promise<boolean> {
    const { rows } = await db.query<{ fits: boolean }>(
      `update email_codes set tries = tries + (code_hash <> $3)::integer
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
