import type { Queryable } from '@guichet/postgres/pool';
import type { Session } from './session.ts';

const sessionColumns = `s.id, s.account_id as "accountId", s.organiser_id as "organiserId"`;

export type Successor = { salt: Buffer; hash: Buffer };

export const refreshTokenStore = (db: Queryable) => ({
  /**
   * Uses the token up and puts its successor in its place, if it is the last one of a live
   * session. One statement, because two who both read "not used yet" would fork the family, and a
   * thief's branch would never be noticed. Of eight who come at once, seven wait for the row and
   * find it used.
   */
  async rotate(tokenHash: Buffer, successor: Successor): Promise<Session | undefined> {
    const { rows } = await db.query<Session>(
      `with s as (
         select s.id, s.account_id, s.organiser_id
           from refresh_tokens t join live_sessions s on s.id = t.session_id
          where t.token_hash = $1 and t.used_at is null
            for update of t, s
       ), used as (
         update refresh_tokens
            set used_at = now(), successor_salt = $2, successor_hash = $3
          where token_hash = $1 and exists (select from s)
       ), successor as (
         insert into refresh_tokens (token_hash, session_id) select $3, id from s
       ), touched as (
         update sessions set used_at = now() where id in (select id from s)
       )
       select ${sessionColumns} from s`,
      [tokenHash, successor.salt, successor.hash],
    );
    return rows[0];
  },

  /** The session of a token used within the grace, whose successor nobody has used yet. */
  async findUsedJustNow(
    tokenHash: Buffer,
    graceMs: number,
  ): Promise<{ session: Session; salt: Buffer } | undefined> {
    const { rows } = await db.query<Session & { salt: Buffer }>(
      `select ${sessionColumns}, t.successor_salt as salt
         from refresh_tokens t
         join refresh_tokens successor on successor.token_hash = t.successor_hash
         join live_sessions s on s.id = t.session_id
        where t.token_hash = $1
          and t.used_at > now() - $2 * interval '1 millisecond'
          and successor.used_at is null`,
      [tokenHash, graceMs],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { salt, ...session } = row;
    return { session, salt };
  },

  /** The session that a token belongs or belonged to, and whether the token was used. */
  async findSession(tokenHash: Buffer): Promise<(Session & { used: boolean }) | undefined> {
    const { rows } = await db.query<Session & { used: boolean }>(
      `select ${sessionColumns}, t.used_at is not null as used
         from refresh_tokens t join sessions s on s.id = t.session_id
        where t.token_hash = $1`,
      [tokenHash],
    );
    return rows[0];
  },
});
