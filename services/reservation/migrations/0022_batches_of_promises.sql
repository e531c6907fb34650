-- Members of a batch say which promise is their own (0021), the slots are locked by the statement that
-- looks whether they have room, and those who were placed share an answer. A booking of 128 cost
-- PostgreSQL 57 µs where each member brought its own promise, and costs 44 now.
--
-- What is replaced stands here whole, also where it is as in 0018: PostgreSQL replaces a function by
-- all of its text, and a file that has been applied is never changed.

alter type wanted_booking add attribute starts_at timestamptz, add attribute ends_at timestamptz;

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
    from unnest(wanted) one;

  -- With the status, the attendees and the version that a booking begins with.
  insert into outbox (id, source, type, subject, sequence, data, traceparent)
  select one.fact_id, 'guichet/reservation', 'booking.placed', one.id, 1,
         booking_state(
           one.id, one.reference, 'PENDING', one.organiser_id, one.offering_id,
           one.offering_version, one.slot_id, one.starts_at, one.ends_at, one.customer_id,
           one.contact, '[]', one.quote, one.places, one.tax_cents, one.total_cents, one.currency,
           one.hold_expires_at),
         one.traceparent
    from unnest(wanted) one;
end
$$;

-- Places many bookings: one statement, one commit, in the order of `members`, a list of objects.
-- `promises` is a list of what their quotes promise, which a member names by `promise`, its place in
-- the list; whoever names none has the one in its own place. Each member is answered as
-- place_booking answers it alone, by its index; what becomes of one is nothing to the others. Those
-- who were placed share an answer without what they brought themselves. As there, the slots come
-- last, so that the next batch writes its bookings while this one waits for the disk.
--
-- How many members there are is not known when these statements are planned, and a hundred are
-- assumed; slots are found by their id all the same (0017).
create function place_bookings(members jsonb, promises jsonb, grace interval)
returns table (
  whom integer[],
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
  offered promised[];
  asked wanted_booking[];
  claimed wanted_booking[];
  claimed_ids uuid[];
  lucky wanted_booking[];
  unlucky wanted_booking[];
  unlucky_members integer[];
  slot slots;
begin
  -- A look without a lock, which keeps most refusals from writing anything.
  offered := promises_of(promises, grace);
  select array_agg(row (
      one.nth, one.scope, one.key, one.hash, one."tokenKey", one.id, gen_random_uuid(),
      one.reference, (one.offer).organiser_id, (one.offer).offering_id,
      (one.offer).offering_version, (one.offer).slot_id, one."customerId", one.contact,
      (one.offer).places, (one.offer).quote, (one.offer).total_cents, (one.offer).tax_cents,
      (one.offer).currency,
      date_trunc('milliseconds', now() + one."holdMs" * interval '1 millisecond'), one.traceparent,
      (one.offer).refusal, (one.offer).starts_at, (one.offer).ends_at
    )::wanted_booking order by one.nth) into asked
  from (
    select *, offered[coalesce(promise, nth)] as offer
      from rows from (jsonb_to_recordset(members) as (
        scope text, key text, hash text, "tokenKey" integer, id uuid, reference text,
        "customerId" uuid, contact jsonb, "holdMs" integer, traceparent text, promise integer
      )) with ordinality as member (
        scope, key, hash, "tokenKey", id, reference, "customerId", contact, "holdMs", traceparent,
        promise, nth)
    -- Looked up once a member, not once a column.
    offset 0
  ) one;

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
      select array[one.member], coalesce(before.outcome, one.refusal, 'contended'), before.booking_id,
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
  lucky := claimed;
  -- Locks the slots, by id, and looks whether each has room for all who want it.
  perform
    from (
      select slot_id, sum(places) as places from unnest(claimed) group by slot_id order by slot_id
    ) wanted
    left join lateral (select * from slots where id = wanted.slot_id for update) its on true
   where (
     its.capacity - its.taken >= wanted.places
     and its.status = 'open' and its.starts_at > now()
     and (its.on_sale_at is null or its.on_sale_at <= now())
   ) is not true;
  if found then
    unlucky_members := find_unlucky(claimed, grace);
  end if;
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
    select array_agg(one.member), 'placed', null::uuid, null::text, one.hold_expires_at,
           null::integer, null::text, null::integer
      from unnest(lucky) one
     group by one.hold_expires_at;
  if unlucky is not null then
    return query
      select array[one.member],
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

-- As the release before calls it: each member is its own promise, and is answered by itself.
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
) language plpgsql as $$
#variable_conflict use_column
begin
  return query
    select one.nth, answer.outcome,
           coalesce(answer.booking_id, own.id), coalesce(answer.reference, own.reference),
           answer.hold_expires_at, coalesce(answer.total_cents, own."totalCents"),
           coalesce(answer.currency, own.currency), coalesce(answer.token_key, own."tokenKey")
      from place_bookings(members, members, grace) answer
      cross join unnest(answer.whom) one (nth)
      left join jsonb_to_record(
        case when answer.outcome = 'placed' then members -> one.nth - 1 end
      ) own (id uuid, reference text, "totalCents" integer, currency text, "tokenKey" integer)
        on true;
end
$$;
