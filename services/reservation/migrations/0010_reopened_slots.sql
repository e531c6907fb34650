-- A sold-out slot that has places again is announced: `slot.opened` once more, by the update that
-- gives the places back, which knows what the counter was before it. No other slot costs a statement.

-- Ends bookings whose rows the caller has locked, gives their places back, and answers the slots
-- that had been sold out and may be sold on, as they are now: for the caller to announce.
create function release_bookings(
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
       set taken = taken - freed.places, version = version + 1
     where id = freed.slot_id
    returning * into slot;
    if slot.taken + freed.places = slot.capacity and slot.status = 'open' and slot.starts_at > now()
    then
      return next slot;
    end if;
  end loop;
end
$$;

-- As before, and tells of the slots that have places again.
create or replace function end_bookings(
  ids uuid[], becoming text, fact text, extra jsonb default '{}', traceparent text default null
) returns void language plpgsql as $$
begin
  perform tell_slot(reopened, 'slot.opened', traceparent)
    from release_bookings(ids, becoming, fact, extra, traceparent) reopened;
end
$$;

drop function free_lapsed_holds_of(uuid, interval, integer);

-- Holds of one slot that ran out before a payment began, locked. A booking that someone else is
-- about to extend, pay or free is skipped: waiting for it here, with the slot perhaps locked,
-- would be a deadlock.
create function lock_lapsed_holds_of(of_slot uuid, grace interval, at_most integer)
returns uuid[] language plpgsql as $$
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
  return ids;
end
$$;

-- Takes places, from lapsed holds if there is no other way. `wanted` holds are enough to free: each
-- has a place at least. Only what is left when both is done is announced, since places that go from
-- one buyer to the next were never there for anybody else.
create or replace function take_or_free_places(
  of_slot uuid, wanted integer, late boolean, grace interval, traceparent text
) returns boolean language plpgsql as $$
declare
  ids uuid[];
  was_sold_out boolean;
  is_taken boolean;
  slot slots;
begin
  if take_places(of_slot, wanted, late, traceparent) then
    return true;
  end if;
  ids := lock_lapsed_holds_of(of_slot, grace, wanted);
  if ids is null then
    return false;
  end if;

  select count(*) > 0 into was_sold_out
    from release_bookings(ids, 'EXPIRED', 'booking.expired', '{}', null);
  is_taken := take_places(of_slot, wanted, late, traceparent);
  if was_sold_out then
    select * into slot from slots where id = of_slot;
    if slot.taken < slot.capacity then
      perform tell_slot(slot, 'slot.opened', traceparent);
    end if;
  end if;
  return is_taken;
end
$$;
