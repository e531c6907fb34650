import type { Queryable } from '@guichet/postgres/pool';

/** Those of the hour that ends now. */
const withinTheHour = `at > now() - interval '1 hour'`;

export const resendStore = (db: Queryable) => ({
  /** Counts one more, if there were not that many within the hour, and says whether it did. */
  async count(bookingId: string, most: number): Promise<boolean> {
    const { rowCount } = await db.query(
      `insert into resends as r (booking_id, asked_at) values ($1, array[now()])
       on conflict (booking_id) do update
          set asked_at = array(select at from unnest(r.asked_at) at where ${withinTheHour}) || now()
        where (select count(*) from unnest(r.asked_at) at where ${withinTheHour}) < $2`,
      [bookingId, most],
    );
    return rowCount === 1;
  },

  /** In how many seconds the first of them is an hour old. */
  async secondsUntilNext(bookingId: string): Promise<number> {
    const { rows } = await db.query<{ seconds: number }>(
      `select ceil(extract(epoch from min(at) + interval '1 hour' - now()))::integer as seconds
         from resends, unnest(asked_at) at
        where booking_id = $1 and ${withinTheHour}`,
      [bookingId],
    );
    return Math.max(1, rows[0]?.seconds ?? 1);
  },
});
