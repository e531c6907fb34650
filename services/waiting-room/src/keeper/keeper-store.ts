import type { Queryable } from '@guichet/postgres/pool';
import type { Line } from '../line/line.ts';
import { lineColumns } from '../line/line-store.ts';
import type { Room } from '../rooms/room.ts';
import { roomColumns } from '../rooms/room-store.ts';

/** A room that this replica keeps, as it is at `now`. */
export type KeptRoom = Room & Line & { now: Date; pace: number | null };
/** Of those who were called: who may still buy, who is on the way, and how many had booked before them. */
export type InPlay = { inside: number; onTheirWay: number; bookingsBefore: number | null };
export type Calling = {
  people: number;
  /** As reservation tells it; `null` where it did not answer, and what it told last stays. */
  told: { placesLeft: number; held: number; bookings: number } | null;
  pace: number | null;
};

/** How long somebody who is called is thought to be on the way. */
const onTheirWaySeconds = 30;

export const keeperStore = (db: Queryable) => ({
  /**
   * Takes rooms in which people wait or are let in and that nobody keeps, and keeps those that are
   * kept already, for `leaseMs` from now on by the database's clock. One that nobody has kept for
   * `marginMs` at least, for who leaves the others a chance.
   */
  async keep(
    keeper: string,
    { leaseMs, marginMs }: { leaseMs: number; marginMs: number },
  ): Promise<KeptRoom[]> {
    const { rows } = await db.query<KeptRoom>(
      // Locked in the order of their ids: two who take several at once would wait for each other.
      `with mine as (
         select lines.room_id from lines join rooms on rooms.id = lines.room_id
          where rooms.closed_at is null and rooms.opens_at <= now() and rooms.closes_at > now()
            and may_keep(lines, $1, $3 * interval '1 millisecond')
          order by lines.room_id
            for update of lines)
       update lines
          set keeper = $1, kept_until = now() + $2 * interval '1 millisecond'
         from mine, rooms
        where lines.room_id = mine.room_id and rooms.id = mine.room_id
       returning now() as now, lines.pace, ${roomColumns}, ${lineColumns}`,
      [keeper, leaseMs, marginMs],
    );
    return rows;
  },

  /** Leaves a room, or all of them, to whoever comes next. */
  async letGo(keeper: string, roomId: string | null = null): Promise<void> {
    await db.query(
      `update lines set keeper = null, kept_until = now()
        where keeper = $1 and ($2::uuid is null or room_id = $2)`,
      [keeper, roomId],
    );
  },

  async countInPlay(roomId: string): Promise<InPlay> {
    const { rows } = await db.query<InPlay>(
      `select (select count(*) from turns
                where room_id = rooms.id
                  and admitted_at > now() - rooms.admission_seconds * interval '1 second') as inside,
              (select count(*) from turns
                where room_id = rooms.id and admitted_at is null
                  and rank <= lines.called_up_to
                  and rank > coalesce((select max(up_to) from calls
                                        where room_id = rooms.id
                                          and called_at <= now() - $2 * interval '1 second'), 0)
              ) as "onTheirWay",
              coalesce(
                (select bookings from calls
                  where room_id = rooms.id
                    and called_at <= now() - rooms.admission_seconds * interval '1 second'
                  order by called_at desc limit 1),
                (select bookings from calls
                  where room_id = rooms.id order by called_at limit 1)) as "bookingsBefore"
         from rooms join lines on lines.room_id = rooms.id
        where rooms.id = $1`,
      [roomId, onTheirWaySeconds],
    );
    return rows[0] as InPlay;
  },

  /**
   * Calls so many more, writes down that it did, and answers the line; `undefined` where somebody
   * else keeps the room by now, who calls in its place.
   */
  async call(
    roomId: string,
    keeper: string,
    { people, told, pace }: Calling,
  ): Promise<Line | undefined> {
    const { rows } = await db.query<Line>(
      `with called as (
         update lines
            set called_up_to = least(joined, called_up_to + $3),
                called_per_minute = least(joined, called_up_to + $3) - coalesce((
                  select max(up_to) from calls
                   where room_id = $1 and called_at <= now() - interval '1 minute'), 0),
                places_left = coalesce($4, places_left), held = coalesce($5, held),
                bookings = coalesce($6, bookings), pace = $7, updated_at = now()
          where room_id = $1 and is_kept_by(lines, $2)
         returning *),
       logged as (
         insert into calls (room_id, up_to, bookings)
         select room_id, called_up_to, coalesce(bookings, 0) from called where $3 > 0
         on conflict do nothing)
       select ${lineColumns} from called as lines`,
      [roomId, keeper, people, told?.placesLeft, told?.held, told?.bookings, pace],
    );
    return rows[0];
  },
});
export type KeeperStore = ReturnType<typeof keeperStore>;
