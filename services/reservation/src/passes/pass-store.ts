import type { Queryable } from '@guichet/postgres/pool';

export const passStore = (db: Queryable) => ({
  /** Adds the passes of a booking, in the order of the places that they admit to. */
  async add(bookingId: string, passes: readonly { id: string; code: string }[]): Promise<void> {
    await db.query(
      `insert into passes (id, booking_id, place, code)
       select id, $1, place, code
         from unnest($2::uuid[], $3::text[]) with ordinality as pass (id, code, place)`,
      [bookingId, passes.map(({ id }) => id), passes.map(({ code }) => code)],
    );
  },

  async listCodes(bookingId: string): Promise<string[]> {
    const { rows } = await db.query<{ code: string }>(
      'select code from passes where booking_id = $1 order by place',
      [bookingId],
    );
    return rows.map(({ code }) => code);
  },
});
