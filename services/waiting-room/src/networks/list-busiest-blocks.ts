import type { Pool } from '@guichet/postgres/pool';

/** As many as an organiser looks at. */
const most = 20;

/** The blocks of addresses that most turns of a room were asked from, those refused with them. */
export const listBusiestBlocks =
  ({ pool }: { pool: Pool }) =>
  async (roomId: string) => {
    const { rows } = await pool.query<{ block: string; turns: number; refused: number }>(
      `select label as block, turns, refused from blocks where room_id = $1
        order by turns + refused desc, label limit $2`,
      [roomId, most],
    );
    return rows;
  };
