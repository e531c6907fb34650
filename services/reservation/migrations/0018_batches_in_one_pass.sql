-- A batch was joined with itself to see which of its members had gone on, member by member beside
-- member: a booking among 200 cost PostgreSQL nearly twice as much as one among 32. Nearly always
-- all go on; each step now passes over the batch once, and asks who did not only where somebody
-- did not. What is replaced stands here whole, also where it is as in 0016: PostgreSQL replaces
-- a function by all of its text, and a file that has been applied is never changed.

-- A booking's full state as every booking.* fact carries it.
create function booking_state(
  id uuid, reference text, status text, organiser_id uuid, offering_id uuid,
  offering_version integer, slot_id uuid, starts_at timestamptz, ends_at timestamptz,
  customer_id uuid, contact jsonb, attendees jsonb, quote jsonb, places integer,
  tax_cents integer, total_cents integer, currency text, hold_expires_at timestamptz
) returns json language sql stable as $$
  select json_build_object(
    'bookingId', id,
    'reference', reference,
    'status', status,
    'organiserId', organiser_id,
    'offeringId', offering_id,
    'offeringVersion', offering_version,
    'slotId', slot_id,
    'startsAt', rfc3339(starts_at),
    'endsAt', rfc3339(ends_at),
    'customerId', customer_id,
    'contact', contact,
    'attendees', attendees,
    'party', quote -> 'party',
    'places', places,
    'options', quote -> 'options',
    'lines', quote -> 'lines',
    'taxCents', tax_cents,
    'totalCents', total_cents,
    'currency', currency,
    'holdExpiresAt', case when status = 'PENDING' then rfc3339(hold_expires_at) end)
$$;

-- As before; `extra` is what one kind of fact adds.
create or replace function booking_fact(booking bookings, slot slots, extra jsonb default '{}')
returns json language plpgsql stable as $$
declare
  fact json := booking_state(
    booking.id, booking.reference, booking.status, booking.organiser_id, booking.offering_id,
    booking.offering_version, booking.slot_id, slot.starts_at, slot.ends_at, booking.customer_id,
    booking.contact, booking.attendees, booking.quote, booking.places, booking.tax_cents,
    booking.total_cents, booking.currency, booking.hold_expires_at);
begin
  return case when extra = '{}' then fact else (fact::jsonb || extra)::json end;
end
$$;

-- Writes bookings and what tells of them, without a place yet. A reference that is taken, which one
-- in 10^12 is, fails the batch, whose members are then placed one by one: to ask at each whether it
-- is free costs a quarter of writing it.
create or replace function write_bookings(wanted wanted_booking[])
returns void language plpgsql as $$
begin
  insert into bookings (
    id, reference, organiser_id, offering_id, offering_version, slot_id, customer_id, contact,
    places, quote, total_cents, tax_cents, currency, hold_expires_at
  )
  select one.id, one.reference, one.organiser_id, one.offering_id, one.offering_version,
         one.slot_id, one.customer_id, one.contact, one.places, one.quote, one.total_cents,
         one.tax_cents, one.currency, one.hold_expires_at
    from unnest(wanted) one
   order by one.id;

  -- With the status, the attendees and the version that a booking begins with.
  insert into outbox (id, source, type, subject, sequence, data, traceparent)
  select one.fact_id, 'guichet/reservation', 'booking.placed', one.id, 1,
         booking_state(
           one.id, one.reference, 'PENDING', one.organiser_id, one.offering_id,
           one.offering_version, one.slot_id, slot.starts_at, slot.ends_at, one.customer_id,
           one.contact, '[]', one.quote, one.places, one.tax_cents, one.total_cents, one.currency,
           one.hold_expires_at),
         one.traceparent
    from unnest(wanted) one
    join slots slot on slot.id = one.slot_id
   order by one.member;
end
$$;

-- Those of the claimants for whom there is no place, or null where there is one for each; their
-- slots are locked. Where there are too few, lapsed holds are freed first, at most as many as
-- places are missing.
drop function allot_places(wanted_booking[], interval);
create function find_unlucky(claimed wanted_booking[], grace interval)
returns integer[] language plpgsql as $$
declare
  unlucky integer[];
  short_ids uuid[];
  short record;
  ids uuid[];
  was_sold_out boolean;
  fit integer[];
  slot slots;
begin
  select array_agg(wanted.slot_id) into short_ids
    from (select slot_id, sum(places) as places from unnest(claimed) group by slot_id) wanted
    left join slots on slots.id = wanted.slot_id
   where (
     slots.capacity - slots.taken >= wanted.places
     and slots.status = 'open' and slots.starts_at > now()
     and (slots.on_sale_at is null or slots.on_sale_at <= now())
   ) is not true;
  if short_ids is null then
    return null;
  end if;

  for short in
    select one.slot_id, array_agg(one order by one.member) as wanting, sum(one.places) as places
      from unnest(claimed) one
     where one.slot_id = any (short_ids)
     group by one.slot_id
     order by one.slot_id
  loop
    select * into slot from slots where id = short.slot_id;
    if slot.id is null or slot.status <> 'open' or slot.starts_at <= now()
      or slot.on_sale_at > now()
    then
      fit := '{}';
    else
      ids := lock_lapsed_holds_of(
        slot.id, grace, (short.places - (slot.capacity - slot.taken))::integer);
      was_sold_out := false;
      if ids is not null then
        select count(*) > 0 into was_sold_out
          from release_bookings(ids, 'EXPIRED', 'booking.expired', '{}', null);
        select * into slot from slots where id = short.slot_id;
      end if;
      fit := those_who_fit(short.wanting, slot.capacity - slot.taken);
      -- Only what nobody of the batch takes was there for anybody else.
      if was_sold_out and slot.capacity - slot.taken > (
        select coalesce(sum(places), 0) from unnest(short.wanting) where member = any (fit))
      then
        perform tell_slot(slot, 'slot.opened', null);
      end if;
    end if;
    select unlucky || array_agg(member) into unlucky
      from unnest(short.wanting)
     where member <> all (fit);
  end loop;
  return unlucky;
end
$$;

-- Places many bookings: one statement, one commit, in the order of `members`, a list of objects
-- with the parts of `wanted_booking`. Each member is answered as place_booking answers it alone, by
-- its index; what becomes of one is nothing to the others. As there, the slots come last, so that
-- the next batch writes its bookings while this one waits for the disk.
--
-- How many members there are is not known when these statements are planned, and a hundred are
-- assumed; slots are found by their id all the same (0017).
create or replace function place_bookings(members jsonb, grace interval)
returns table (
  member integer,
  outcome text,
  booking_id uuid,
  reference text,
  hold_expires_at timestamptz,
  total_cents integer,
  currency text,
  token_key integer
) language plpgsql
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  asked wanted_booking[];
  claimed wanted_booking[];
  claimed_ids uuid[];
  lucky wanted_booking[];
  unlucky wanted_booking[];
  unlucky_members integer[];
  slot slots;
begin
  -- A look without a lock, which keeps most refusals from writing anything.
  select array_agg(row (
      one.nth, one.scope, one.key, one.hash, one."tokenKey", one.id, gen_random_uuid(),
      one.reference, one."organiserId", one."offeringId", one."offeringVersion", one."slotId",
      one."customerId", one.contact, one.places, one.quote, one."totalCents", one."taxCents",
      one.currency,
      date_trunc('milliseconds', now() + one."holdMs" * interval '1 millisecond'), one.traceparent,
      refusal_of(
        slot, offering, one."organiserId", one."offeringId", one."offeringVersion", one.places, grace)
    )::wanted_booking order by one.nth) into asked
  from rows from (jsonb_to_recordset(members) as (
      scope text, key text, hash text, "tokenKey" integer, id uuid, reference text,
      "organiserId" uuid, "offeringId" uuid, "offeringVersion" integer, "slotId" uuid,
      places integer, "totalCents" integer, "taxCents" integer, currency text, "customerId" uuid,
      contact jsonb, quote jsonb, "holdMs" integer, traceparent text
    )) with ordinality as one (
      scope, key, hash, "tokenKey", id, reference, "organiserId", "offeringId", "offeringVersion",
      "slotId", places, "totalCents", "taxCents", currency, "customerId", contact, quote, "holdMs",
      traceparent, nth)
  left join slots slot on slot.id = one."slotId"
  left join offerings offering on offering.id = slot.offering_id;

  with claims as (
    insert into booking_keys (scope, key, body_hash, booking_id, hold_expires_at, token_key)
    select one.scope, one.key, one.hash, one.id, one.hold_expires_at, one.token_key
      from unnest(asked) one
     where one.refusal is null
     order by one.scope, one.key
    on conflict do nothing
    returning booking_keys.booking_id as id
  )
  select array_agg(id) into claimed_ids from claims;

  claimed := asked;
  if cardinality(asked) > coalesce(cardinality(claimed_ids), 0) then
    select array_agg(one order by one.member) into claimed
      from unnest(asked) one
     where one.id = any (claimed_ids);
    -- Whoever got no claim was answered before, or is refused, or somebody else is at it.
    return query
      select one.member, coalesce(before.outcome, one.refusal, 'contended'), before.booking_id,
             before.reference, before.hold_expires_at, before.total_cents, before.currency,
             before.token_key
        from unnest(asked) one
        left join lateral replay_of(one.scope, one.key, one.hash) before on true
       where claimed_ids is null or one.id <> all (claimed_ids);
  end if;
  if claimed is null then
    return;
  end if;

  perform write_bookings(claimed);
  perform from slots
    where id in (select slot_id from unnest(claimed))
    order by id for update;
  lucky := claimed;
  unlucky_members := find_unlucky(claimed, grace);
  if unlucky_members is not null then
    select array_agg(one order by one.member) filter (where one.member <> all (unlucky_members)),
           array_agg(one) filter (where one.member = any (unlucky_members))
      into lucky, unlucky
      from unnest(claimed) one;
    perform unwrite_bookings(unlucky);
  end if;

  for slot in
    update slots
       set taken = taken + sold.places, version = version + 1
      from (
        select slot_id, sum(places)::integer as places from unnest(lucky) group by slot_id
      ) sold
     where slots.id = sold.slot_id
    returning slots.*
  loop
    if slot.taken = slot.capacity then
      perform tell_slot(slot, 'slot.sold_out', null);
    end if;
  end loop;

  return query
    select one.member, 'placed', one.id, one.reference, one.hold_expires_at, one.total_cents,
           one.currency, one.token_key
      from unnest(lucky) one;
  if unlucky is not null then
    return query
      select one.member,
             -- A place was there to see, yet somebody else's lock was on it.
             coalesce(
               refusal_of(
                 slot, offering, one.organiser_id, one.offering_id, one.offering_version,
                 one.places, grace),
               'contended'),
             null::uuid, null::text, null::timestamptz, null::integer, null::text, null::integer
        from unnest(unlucky) one
        left join slots slot on slot.id = one.slot_id
        left join offerings offering on offering.id = slot.offering_id;
  end if;
end
$$;
