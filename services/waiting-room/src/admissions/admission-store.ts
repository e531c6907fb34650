import type { Queryable } from '@guichet/postgres/pool';
import type { TurnRefusal } from '../turns/turn-refusal.ts';

export type Admitted =
  | { readonly outcome: 'admitted'; readonly admittedAt: Date; readonly endsAt: Date }
  | { readonly outcome: TurnRefusal };

export const admissionStore = (db: Queryable) => ({
  /** Lets in those of a room's turns that are called; answers each in its place. */
  async admit(roomId: string, ids: readonly string[]): Promise<Admitted[]> {
    const { rows } = await db.query<{ nth: number; outcome: string }>(
      `select nth, outcome, admitted_at as "admittedAt", ends_at as "endsAt"
         from admit_turns($1, $2::uuid[]) order by nth`,
      [roomId, ids],
    );
    return rows.map(({ nth: _, ...admitted }) => admitted as Admitted);
  },
});
