import type { Pool } from '@guichet/postgres/pool';
import type { Change, Move, SlotJournal } from './history/journal.ts';

/**
 * Writes down every change of a slot's counter and every move of a booking, in the transaction that
 * makes it: what is not committed is not written down, and what is cannot be missed. It decides
 * nothing.
 */
const observing = `
  create table prove_counters (
    slot_id uuid, version integer, before integer, after integer,
    tx xid8 not null default pg_current_xact_id(),
    primary key (slot_id, version));
  create table prove_moves (
    booking_id uuid, slot_id uuid, was text, becomes text, places integer,
    tx xid8 not null default pg_current_xact_id(), nth bigint generated always as identity);
  create index on prove_moves (slot_id, tx);
  create index on prove_moves (booking_id);

  create function prove_counter() returns trigger language plpgsql as $$
  begin
    insert into prove_counters (slot_id, version, before, after)
    values (new.id, new.version, old.taken, new.taken);
    return null;
  end $$;
  create trigger prove_counter after update on slots
    for each row when (old.taken <> new.taken) execute function prove_counter();

  create function prove_move() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      -- Placing writes a booking before it knows whether there are places, and takes it back.
      delete from prove_moves where booking_id = old.id;
    else
      insert into prove_moves (booking_id, slot_id, was, becomes, places)
      values (new.id, new.slot_id, case tg_op when 'UPDATE' then old.status end, new.status, new.places);
    end if;
    return null;
  end $$;
  create trigger prove_come after insert or delete on bookings
    for each row execute function prove_move();
  create trigger prove_move after update of status on bookings
    for each row when (old.status <> new.status) execute function prove_move();`;

/** Has the database keep a journal of counters and bookings from now on. */
export const observe = (pool: Pool) => pool.query(observing);

type Row = { slotId: string; before: number; after: number; moves: Move[] };

/** What was written down of these slots: one change a transaction, in the order of commits. */
export async function readJournals(pool: Pool, slotIds: readonly string[]): Promise<SlotJournal[]> {
  const { rows: slots } = await pool.query<Omit<SlotJournal, 'changes' | 'bookingOfKey'>>(
    'select id as "slotId", capacity, taken from slots where id = any ($1)',
    [slotIds],
  );
  const { rows: changes } = await pool.query<Row>(
    `select slot_id as "slotId",
            (array_agg(before order by version))[1] as before,
            (array_agg(after order by version desc))[1] as after,
            (select coalesce(jsonb_agg(jsonb_build_object(
                      'bookingId', booking_id, 'was', was, 'becomes', becomes, 'places', places)
                    order by nth), '[]')
               from prove_moves
              where prove_moves.slot_id = counters.slot_id and prove_moves.tx = counters.tx) as moves
       from prove_counters counters
      where slot_id = any ($1)
      group by slot_id, tx
      order by slot_id, min(version)`,
    [slotIds],
  );
  const { rows: keys } = await pool.query<{ slotId: string; key: string; bookingId: string }>(
    `select bookings.slot_id as "slotId", key, bookings.id as "bookingId"
       from booking_keys join bookings on bookings.id = booking_id
      where bookings.slot_id = any ($1)`,
    [slotIds],
  );
  const changesOf = Map.groupBy(changes, ({ slotId }) => slotId);
  const keysOf = Map.groupBy(keys, ({ slotId }) => slotId);
  return slots.map((slot) => ({
    ...slot,
    changes: (changesOf.get(slot.slotId) ?? []) satisfies Change[],
    bookingOfKey: new Map((keysOf.get(slot.slotId) ?? []).map((one) => [one.key, one.bookingId])),
  }));
}
