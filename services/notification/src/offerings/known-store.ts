import type { BookingState, MessageData } from '@guichet/contracts/messages';
import type { Queryable } from '@guichet/postgres/pool';

export type KnownOffering = MessageData<'offering.published'>;
/** Names of attendees are for the confirmation alone: no later e-mail needs them. */
export type KnownBooking = Omit<BookingState, 'attendees'>;

/** A table that keeps the state of each aggregate as its facts last told it, never an older one. */
function projection<State>(db: Queryable, table: 'offerings' | 'bookings') {
  return {
    async keep(id: string, sequence: number, state: State): Promise<void> {
      await db.query(
        `insert into ${table} (id, sequence, state) values ($1, $2, $3)
         on conflict (id) do update set sequence = excluded.sequence, state = excluded.state
          where ${table}.sequence < excluded.sequence`,
        [id, sequence, JSON.stringify(state)],
      );
    },
    async find(id: string): Promise<State | undefined> {
      const { rows } = await db.query<{ state: State }>(
        `select state from ${table} where id = $1`,
        [id],
      );
      return rows[0]?.state;
    },
  };
}

/** What the e-mails need to know of others: offerings for their names, bookings for whom to tell. */
export const knownStore = (db: Queryable) => ({
  offerings: projection<KnownOffering>(db, 'offerings'),
  bookings: projection<KnownBooking>(db, 'bookings'),
});
export type KnownStore = ReturnType<typeof knownStore>;
