import type { Queryable } from '@guichet/postgres/pool';

export const passStore = (db: Queryable) => ({
  async add(pass: { id: string; bookingId: string; code: string }): Promise<void> {
    await db.query('insert into passes (id, booking_id, code) values ($1, $2, $3)', [
      pass.id,
      pass.bookingId,
      pass.code,
    ]);
  },

  async listCodes(bookingId: string): Promise<string[]> {
    const { rows } = await db.query<{ code: string }>(
      'select code from passes where booking_id = $1 order by id',
      [bookingId],
    );
    return rows.map(({ code }) => code);
  },
});
