-- Lock order of every function here: the idempotency key, bookings by id, slots by id. Whoever
-- already holds a slot touches a booking only with `skip locked`, which never waits.

-- Takes the places if that many remain, and says whether it did. Check and take are one statement:
-- two buyers who both read "one place left" would both be right to go on. `late` is money that
-- arrives after its hold: a slot whose sale has closed meanwhile still has its places.
create function take_places(of_slot uuid, wanted integer, late boolean, traceparent text)
returns boolean language plpgsql as $$
declare
  slot slots;
begin
  update slots
     set taken = taken + wanted, version = version + 1
   where id = of_slot
     and capacity - taken >= wanted
     and starts_at > now()
     and (status = 'open' and (on_sale_at is null or on_sale_at <= now())
          or late and status in ('open', 'closed'))
  returning * into slot;
  if not found then
    return false;
  end if;
  if slot.taken = slot.capacity then
    perform tell_slot(slot, 'slot.sold_out', traceparent);
  end if;
  return true;
end
$$;

-- Ends bookings whose rows the caller has locked, and gives their places back.
create function end_bookings(
  ids uuid[], becoming text, fact text, extra jsonb default '{}', traceparent text default null
) returns void language plpgsql as $$
declare
  ended bookings;
  freed record;
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
       set taken = taken - freed.places, version = version + 1
     where id = freed.slot_id;
  end loop;
end
$$;

-- Frees holds of one slot that ran out before a payment began. A booking that someone else is
-- about to extend, pay or free is skipped: waiting for it here, with the slot perhaps locked,
-- would be a deadlock.
create function free_lapsed_holds_of(of_slot uuid, grace interval, at_most integer)
returns integer language plpgsql as $$
declare
  ids uuid[];
begin
  select array_agg(id) into ids from (
    select id from bookings
     where slot_id = of_slot
       and status = 'PENDING' and payment_began_at is null and expiring_at is null
       and hold_expires_at <= now() - grace
     order by hold_expires_at
     limit at_most
       for update skip locked) lapsed;
  if ids is null then
    return 0;
  end if;
  perform end_bookings(ids, 'EXPIRED', 'booking.expired');
  return cardinality(ids);
end
$$;

-- The same for every slot: the sweeper's tidying, on which no sale depends.
create function free_lapsed_holds(grace interval, at_most integer)
returns integer language plpgsql as $$
declare
  ids uuid[];
begin
  select array_agg(id) into ids from (
    select id from bookings
     where status = 'PENDING' and expiring_at is null
       and payment_began_at is null
       and hold_expires_at <= now() - grace
     order by hold_expires_at
     limit at_most
       for update skip locked) lapsed;
  if ids is null then
    return 0;
  end if;
  perform end_bookings(ids, 'EXPIRED', 'booking.expired');
  return cardinality(ids);
end
$$;

-- Takes places, from lapsed holds if there is no other way. `wanted` holds are enough to free: each
-- has a place at least.
create function take_or_free_places(
  of_slot uuid, wanted integer, late boolean, grace interval, traceparent text
) returns boolean language plpgsql as $$
begin
  return take_places(of_slot, wanted, late, traceparent)
    or free_lapsed_holds_of(of_slot, grace, wanted) > 0
       and take_places(of_slot, wanted, late, traceparent);
end
$$;
