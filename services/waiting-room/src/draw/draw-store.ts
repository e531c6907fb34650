import type { Queryable } from '@guichet/postgres/pool';

export type Draw = {
  readonly seedCommitment: string | null;
  readonly seed: Buffer | null;
  readonly drawnAt: Date | null;
  readonly entries: number;
};

export const drawStore = (db: Queryable) => ({
  /** Draws a room's line with the seed that was committed to; `undefined` where that is done. */
  async draw(roomId: string, seed: Buffer): Promise<number | undefined> {
    const { rows } = await db.query<{ ranked: number | null }>(
      'select draw_line($1, $2) as ranked',
      [roomId, seed],
    );
    return rows[0]?.ranked ?? undefined;
  },

  /** What a draw that is to come is made with; nothing where there is none to come. */
  async findSealedSeed(roomId: string): Promise<string | undefined> {
    const { rows } = await db.query<{ sealedSeed: string }>(
      `select sealed_seed as "sealedSeed" from rooms
        where id = $1 and line_order = 'draw' and drawn_at is null`,
      [roomId],
    );
    return rows[0]?.sealedSeed;
  },

  /** Who came before the sale takes part, whether it was drawn or is to be. */
  async find(roomId: string): Promise<Draw | undefined> {
    const { rows } = await db.query<Draw>(
      `select seed_commitment as "seedCommitment", seed, drawn_at as "drawnAt",
              (select count(*) from turns
                where turns.room_id = rooms.id and turns.joined_at < rooms.sale_at) as entries
         from rooms where id = $1`,
      [roomId],
    );
    return rows[0];
  },

  /** The turns that were drawn, by their rank, after one. */
  async list(roomId: string, after: number, limit: number): Promise<string[]> {
    const { rows } = await db.query<{ id: string }>(
      `select turns.id from turns join rooms on rooms.id = turns.room_id
        where room_id = $1 and rank > $2 and joined_at < sale_at and drawn_at is not null
        order by rank limit $3`,
      [roomId, after, limit],
    );
    return rows.map(({ id }) => id);
  },
});
