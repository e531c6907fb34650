import type { Queryable } from '@guichet/postgres/pool';
import type { Room } from '../rooms/room.ts';
import { roomColumns } from '../rooms/room-store.ts';
import type { Line } from './line.ts';

/** The columns of a line, named as the code has them. */
export const lineColumns = `
  lines.room_id as "roomId", lines.joined, lines.called_up_to as "calledUpTo",
  lines.places_left as "placesLeft", lines.held, lines.called_per_minute as "calledPerMinute"`;

export type RoomLine = { room: Room; line: Line };
type Row = Room & Line & { now: Date };

const dividing = ({ now, ...row }: Row): RoomLine => {
  const { roomId, joined, calledUpTo, placesLeft, held, calledPerMinute, ...room } = row;
  return { room, line: { roomId, joined, calledUpTo, placesLeft, held, calledPerMinute } };
};

export const lineStore = (db: Queryable) => ({
  /**
   * Every room that is open, or was until an hour ago, and its line; and how late it is. One row
   * more than there are rooms, since the hour is told without any too.
   */
  async list(): Promise<{ now: Date; lines: RoomLine[] }> {
    const { rows } = await db.query<Row | { id: null; now: Date }>(
      `select now() as now, ${roomColumns}, ${lineColumns}
         from (select 1) one
         left join (rooms join lines on lines.room_id = rooms.id)
           on rooms.closed_at is null or rooms.closed_at > now() - interval '1 hour'`,
    );
    const now = rows[0]?.now as Date;
    return { now, lines: rows.filter((row): row is Row => row.id !== null).map(dividing) };
  },

  async find(roomId: string): Promise<RoomLine | undefined> {
    const { rows } = await db.query<Row>(
      `select now() as now, ${roomColumns}, ${lineColumns}
         from rooms join lines on lines.room_id = rooms.id where rooms.id = $1`,
      [roomId],
    );
    return rows[0] && dividing(rows[0]);
  },
});
