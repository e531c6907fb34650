import type { Pool } from '@guichet/postgres/pool';

/** What keeps a place from being sold twice, by name. Where one is gone, this has to be written anew. */
const guards = ['take_places', 'those_who_fit'] as const;

const withoutGuard = `
  alter table slots drop constraint slots_never_oversold;

  create or replace function take_places(of_slot uuid, wanted integer, late boolean, traceparent text)
  returns boolean language plpgsql as $$
  begin
    update slots set taken = taken + wanted, version = version + 1 where id = of_slot;
    return found;
  end $$;

  create or replace function those_who_fit(wanting wanted_booking[], room integer)
  returns integer[] language sql immutable as $$
    select array_agg(member) from unnest(wanting)
  $$;`;

/**
 * Takes the guard away: places are taken without asking whether they are there. What looks before
 * (refusal_of, the sold-out latch) stays, so that it takes a race to sell a place twice: the very
 * thing that the proof must be able to see.
 */
export async function takeGuardAway(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ proname: string }>(
    'select distinct proname from pg_proc where proname = any ($1)',
    [guards],
  );
  if (rows.length !== guards.length)
    throw new Error(`The guard is no longer ${guards.join(', ')}.`);
  await pool.query(withoutGuard);
}
