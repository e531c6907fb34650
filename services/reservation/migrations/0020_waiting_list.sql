-- The waiting list of a slot. Places that come back while somebody waits for the slot stay taken, in
-- `kept`, until they are offered to whoever is next, or go back on sale because nobody who waits has
-- use for so few. So nobody who happens to look at the right moment is before those who waited, and
-- the hot path has nothing new to do: `taken` says what cannot be sold, as before.
alter table slots
  add column waiting integer not null default 0,
  add column kept integer not null default 0,
  add constraint slots_keep_what_is_taken check (kept between 0 and taken),
  add constraint slots_are_waited_for_by_somebody check (waiting >= 0);

-- Whoever offers looks for these, of which there are few at any time. It changes with no sale, so
-- that the counter beside it still needs no index written (a HOT update).
create index slots_with_kept_places on slots (id) where kept > 0;

create table waiting_list (
  id uuid primary key,
  -- The order: who has waited longest.
  position bigint generated always as identity,
  organiser_id uuid not null,
  offering_id uuid not null,
  slot_id uuid not null,
  customer_id uuid,
  contact jsonb not null,
  email text not null generated always as (lower(contact ->> 'email')) stored,
  party jsonb not null,
  options jsonb not null,
  places integer not null,
  joined_at timestamptz not null default now(),
  -- Whose Idempotency-Key it was made with, if with one, and of what: asked again, it is the same entry.
  -- Its token is computed anew, so nothing secret is kept.
  key text,
  body_hash text,
  -- What was offered; until then the entry waits.
  booking_id uuid,
  constraint waiting_list_is_for_places check (places > 0)
);
create index waiting_list_by_slot on waiting_list (slot_id, position);
create index waiting_list_in_order on waiting_list (slot_id, position) where booking_id is null;
create unique index waiting_list_has_each_key_once on waiting_list (key) where key is not null;
-- Whoever was offered places and let them go may wait again, at the end.
create unique index waiting_list_has_everybody_once on waiting_list (slot_id, email)
  where booking_id is null;

-- Lock order, with what the hot path has: entries, the idempotency key, bookings by id, slots by id.

-- As before (0010), but for places that somebody waits for: those are kept, and not announced.
create or replace function release_bookings(
  ids uuid[], becoming text, fact text, extra jsonb, traceparent text
) returns setof slots language plpgsql as $$
declare
  ended bookings;
  freed record;
  slot slots;
begin
  for ended in
    update bookings
       set status = becoming, expiring_at = null, expiring_to = null, version = version + 1
     where id = any (ids)
    returning *
  loop
    perform tell_booking(ended, fact, extra, traceparent);
  end loop;

  for freed in
    select slot_id, sum(places)::integer as places
      from bookings where id = any (ids)
     group by slot_id
     order by slot_id
  loop
    update slots
       set taken = taken - case when waiting > 0 then 0 else freed.places end,
           kept = kept + case when waiting > 0 then freed.places else 0 end,
           version = version + 1
     where id = freed.slot_id
    returning * into slot;
    if slot.waiting = 0 and slot.taken + freed.places = slot.capacity and slot.status = 'open'
      and slot.starts_at > now()
    then
      return next slot;
    end if;
  end loop;
end
$$;

-- Puts back on sale what is kept of a slot, if nobody who waits has use for so few, and says whether
-- it did. Beside the kept places there may be free ones: fewer than anybody who waits wants.
create function give_back_kept_places(of_slot uuid, traceparent text)
returns boolean language plpgsql as $$
declare
  before slots;
  slot slots;
begin
  select * into before from slots where id = of_slot for update;
  if before.kept = 0 or exists (
    select from waiting_list
     where slot_id = of_slot and booking_id is null
       and places <= before.kept + before.capacity - before.taken)
  then
    return false;
  end if;
  update slots
     set taken = taken - kept, kept = 0, version = version + 1
   where id = of_slot
  returning * into slot;
  if before.taken = before.capacity and slot.status = 'open' then
    perform tell_slot(slot, 'slot.opened', traceparent);
  end if;
  return true;
end
$$;
