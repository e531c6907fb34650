-- Many bookings at once. A hot slot's row is locked until the commit is on disk, so that one
-- booking a transaction sells as many places a second as the disk flushes; one commit for many
-- sells ten to thirty times as many. The lock order is that of 0005_places.sql: keys, sorted;
-- bookings, which are new here and nobody else's, or skipped where they are locked; slots by id.

-- One buyer's part of a batch. `member` is its place in the order of arrival, `fact_id` that of the
-- fact that will tell of it.
create type wanted_booking as (
  member integer,
  scope text,
  key text,
  hash text,
  token_key integer,
  id uuid,
  fact_id uuid,
  reference text,
  organiser_id uuid,
  offering_id uuid,
  offering_version integer,
  slot_id uuid,
  customer_id uuid,
  contact jsonb,
  places integer,
  quote jsonb,
  total_cents integer,
  tax_cents integer,
  currency text,
  hold_expires_at timestamptz,
  traceparent text,
  refusal text
);

-- The first of them, in the order of arrival, for whom there are places: a small party is not
-- refused because a large one before it did not fit. All of one slot, which the caller has locked.
create function those_who_fit(wanting wanted_booking[], room integer)
returns integer[] language plpgsql immutable as $$
declare
  one wanted_booking;
  fit integer[] := '{}';
begin
  foreach one in array wanting loop
    if one.places <= room then
      room := room - one.places;
      fit := fit || one.member;
    end if;
  end loop;
  return fit;
end
$$;

-- Decides who of the claimants gets places; their slots are locked. Where there are too few, lapsed
-- holds are freed first, at most as many as places are missing.
create function allot_places(claimed wanted_booking[], grace interval)
returns integer[] language plpgsql as $$
declare
  allotted integer[];
  short record;
  ids uuid[];
  was_sold_out boolean;
  fit integer[];
  slot slots;
begin
  select array_agg(one.member) into allotted
    from unnest(claimed) one
    join (
      select wanted.slot_id
        from (select slot_id, sum(places) as places from unnest(claimed) group by slot_id) wanted
        join slots on slots.id = wanted.slot_id
       where slots.capacity - slots.taken >= wanted.places
         and slots.status = 'open' and slots.starts_at > now()
         and (slots.on_sale_at is null or slots.on_sale_at <= now())
    ) roomy using (slot_id);
  if cardinality(allotted) = cardinality(claimed) then
    return allotted;
  end if;
  allotted := coalesce(allotted, '{}');

  for short in
    select one.slot_id, array_agg(one order by one.member) as wanting, sum(one.places) as places
      from unnest(claimed) one
     where one.member <> all (allotted)
     group by one.slot_id
     order by one.slot_id
  loop
    select * into slot from slots where id = short.slot_id;
    continue when slot.id is null or slot.status <> 'open' or slot.starts_at <= now()
      or slot.on_sale_at > now();
    ids := lock_lapsed_holds_of(
      slot.id, grace, (short.places - (slot.capacity - slot.taken))::integer);
    was_sold_out := false;
    if ids is not null then
      select count(*) > 0 into was_sold_out
        from release_bookings(ids, 'EXPIRED', 'booking.expired', '{}', null);
      select * into slot from slots where id = short.slot_id;
    end if;
    fit := those_who_fit(short.wanting, slot.capacity - slot.taken);
    allotted := allotted || fit;
    -- Only what nobody of the batch takes was there for anybody else.
    if was_sold_out and slot.capacity - slot.taken > (
      select coalesce(sum(places), 0) from unnest(claimed) where member = any (fit))
    then
      perform tell_slot(slot, 'slot.opened', null);
    end if;
  end loop;
  return allotted;
end
$$;

-- Writes bookings and what tells of them, without a place yet. A reference that is taken, which one
-- in 10^12 is, fails the batch, whose members are then placed one by one: to ask at each whether it
-- is free costs a quarter of writing it.
create function write_bookings(wanted wanted_booking[])
returns void language plpgsql as $$
begin
  with placed as (
    insert into bookings (
      id, reference, organiser_id, offering_id, offering_version, slot_id, customer_id, contact,
      places, quote, total_cents, tax_cents, currency, hold_expires_at
    )
    select one.id, one.reference, one.organiser_id, one.offering_id, one.offering_version,
           one.slot_id, one.customer_id, one.contact, one.places, one.quote, one.total_cents,
           one.tax_cents, one.currency, one.hold_expires_at
      from unnest(wanted) one
     order by one.id
    returning *
  )
  insert into outbox (id, source, type, subject, sequence, data, traceparent)
  select one.fact_id, 'guichet/reservation', 'booking.placed', placed.id, placed.version,
         booking_fact(row (placed.*)::bookings, slot), one.traceparent
    from placed
    join unnest(wanted) one on one.id = placed.id
    join slots slot on slot.id = placed.slot_id
   order by one.member;
end
$$;

-- Takes back what was written for those who got no place, and lets their keys be used anew.
create function unwrite_bookings(unlucky wanted_booking[])
returns void language plpgsql as $$
begin
  delete from outbox where id in (select fact_id from unnest(unlucky));
  delete from bookings where id in (select id from unnest(unlucky));
  delete from booking_keys where (scope, key) in (select scope, key from unnest(unlucky));
end
$$;

-- Places many bookings: one statement, one commit, in the order of `members`, a list of objects
-- with the parts of `wanted_booking`. Each member is answered as place_booking answers it alone, by
-- its index; what becomes of one is nothing to the others. As there, the slots come last, so that
-- the next batch writes its bookings while this one waits for the disk.
create function place_bookings(members jsonb, grace interval)
returns table (
  member integer,
  outcome text,
  booking_id uuid,
  reference text,
  hold_expires_at timestamptz,
  total_cents integer,
  currency text,
  token_key integer
) language plpgsql as $$
#variable_conflict use_column
declare
  asked wanted_booking[];
  claimed wanted_booking[];
  lucky wanted_booking[];
  unlucky wanted_booking[];
  allotted integer[];
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
  select array_agg(one order by one.member) into claimed
    from unnest(asked) one
    join claims on claims.id = one.id;

  -- Whoever got no claim was answered before, or is refused, or somebody else is at it.
  if cardinality(asked) > coalesce(cardinality(claimed), 0) then
    return query
      select one.member, coalesce(before.outcome, one.refusal, 'contended'), before.booking_id,
             before.reference, before.hold_expires_at, before.total_cents, before.currency,
             before.token_key
        from unnest(asked) one
        left join lateral replay_of(one.scope, one.key, one.hash) before on true
       where not exists (select from unnest(claimed) other where other.member = one.member);
  end if;
  if claimed is null then
    return;
  end if;

  perform write_bookings(claimed);
  perform from slots
    where id in (select slot_id from unnest(claimed))
    order by id for update;
  lucky := claimed;
  allotted := allot_places(claimed, grace);
  if cardinality(allotted) < cardinality(claimed) then
    select array_agg(one order by one.member) filter (where one.member = any (allotted)),
           array_agg(one) filter (where one.member <> all (allotted))
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
