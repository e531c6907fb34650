import type { Queryable } from '@guichet/postgres/pool';
import type { TurnRefusal } from './turn-refusal.ts';

export type Joining = {
  readonly id: string;
  readonly roomId: string;
  readonly holderHash: Buffer | null;
  readonly addressHash: Buffer;
  readonly blockLabel: string;
};
export type Joined =
  | { readonly outcome: 'joined'; readonly rank: number | null; readonly joinedAt: Date }
  | { readonly outcome: TurnRefusal };

/** A turn as it stands in its line. */
export type Turn = {
  readonly id: string;
  readonly roomId: string;
  readonly rank: number | null;
  readonly joinedAt: Date;
  readonly admittedAt: Date | null;
  readonly isLapsed: boolean;
  readonly isCalled: boolean;
  readonly phase: string;
};

type Row = { nth: number; outcome: string; rank: number | null; joinedAt: Date };

export const turnStore = (db: Queryable) => ({
  /** Gives a room's turns in this order; answers each in its place. */
  async join(roomId: string, all: readonly Joining[]): Promise<Joined[]> {
    const { rows } = await db.query<Row>(
      `select nth, outcome, rank, joined_at as "joinedAt"
         from join_line($1, $2::uuid[], $3::bytea[], $4::bytea[], $5::text[]) order by nth`,
      [
        roomId,
        all.map(({ id }) => id),
        all.map(({ holderHash }) => holderHash),
        all.map(({ addressHash }) => addressHash),
        all.map(({ blockLabel }) => blockLabel),
      ],
    );
    return rows.map(({ nth: _, ...joined }) => joined as Joined);
  },

  /** Those of these turns that there are. */
  async list(ids: readonly string[]): Promise<Turn[]> {
    const { rows } = await db.query<Turn>(
      `select turns.id, turns.room_id as "roomId", turns.rank, turns.joined_at as "joinedAt",
              turns.admitted_at as "admittedAt",
              coalesce(turns.admitted_at + rooms.admission_seconds * interval '1 second' <= now(),
                       false) as "isLapsed",
              coalesce(turns.rank <= lines.called_up_to, false) as "isCalled",
              phase_of(rooms) as phase
         from turns
         join rooms on rooms.id = turns.room_id
         join lines on lines.room_id = turns.room_id
        where turns.id = any($1)`,
      [ids],
    );
    return rows;
  },
});
