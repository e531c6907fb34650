import type { Queryable } from '@guichet/postgres/pool';
import type { EndReason, LiveSession, Session } from './session.ts';

type Lives = { sessionMs: number; idleMs: number };

export const sessionStore = (db: Queryable) => ({
  async start(
    session: Session & { device: string; tokenHash: Buffer },
    { sessionMs, idleMs }: Lives,
  ): Promise<void> {
    await db.query(
      `with started as (
         insert into sessions (id, account_id, organiser_id, device, idle_ms, expires_at)
         values ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond')
         returning id
       )
       insert into refresh_tokens (token_hash, session_id) select $7, id from started`,
      [
        session.id,
        session.accountId,
        session.organiserId,
        session.device,
        idleMs,
        sessionMs,
        session.tokenHash,
      ],
    );
  },

  async actFor(id: string, organiserId: string | null): Promise<void> {
    await db.query('update sessions set organiser_id = $2 where id = $1', [id, organiserId]);
  },

  /** Ends the session and says whether it was this call that did. */
  async end(id: string, reason: EndReason): Promise<boolean> {
    const { rowCount } = await db.query(
      `update sessions set ended_at = now(), end_reason = $2 where id = $1 and ended_at is null`,
      [id, reason],
    );
    return rowCount === 1;
  },

  async endAllOf(accountId: string, reason: EndReason): Promise<void> {
    await db.query(
      `update sessions set ended_at = now(), end_reason = $2
        where account_id = $1 and ended_at is null`,
      [accountId, reason],
    );
  },

  async listLive(accountId: string): Promise<LiveSession[]> {
    const { rows } = await db.query<LiveSession>(
      `select id, organiser_id as "organiserId", device,
              started_at as "startedAt", used_at as "usedAt"
         from live_sessions where account_id = $1 order by used_at desc`,
      [accountId],
    );
    return rows;
  },

  async isLiveOf(id: string, accountId: string): Promise<boolean> {
    const { rowCount } = await db.query(
      'select from live_sessions where id = $1 and account_id = $2',
      [id, accountId],
    );
    return rowCount === 1;
  },

  async countLive(): Promise<number> {
    const { rows } = await db.query<{ live: number }>(
      'select count(*)::integer as live from live_sessions',
    );
    return rows[0]?.live ?? 0;
  },

  /** A day after its end a session is of no use: a token that comes back is unknown by then. */
  async removeExpired(): Promise<void> {
    await db.query(`delete from sessions where expires_at < now() - interval '1 day'`);
  },
});
