-- What placing one booking and placing many have in common, before there are many (0016).

-- Whether holds of the slot ran out before their payment began: places that a take may free.
create function has_lapsed_holds(of_slot uuid, grace interval)
returns boolean language plpgsql stable as $$
begin
  return exists (
    select from bookings
     where slot_id = of_slot
       and status = 'PENDING' and payment_began_at is null and expiring_at is null
       and hold_expires_at <= now() - grace);
end
$$;

-- Why this quote cannot be sold now, or null; of rows that the caller has read.
create function refusal_of(slot slots, offering offerings, quote jsonb, grace interval)
returns text language plpgsql stable as $$
begin
  return case
    when slot.id is null then 'slot_not_found'
    when slot.organiser_id <> (quote ->> 'org')::uuid
      or slot.offering_id <> (quote ->> 'off')::uuid then 'quote_mismatch'
    -- A newer quote than the withdrawal means that the offering was published again.
    when offering.status = 'withdrawn' and offering.version >= (quote ->> 'ver')::integer
      then 'offering_withdrawn'
    when slot.status = 'cancelled' then 'slot_cancelled'
    when slot.status = 'completed' or slot.starts_at <= now() then 'slot_departed'
    when slot.status <> 'open' then 'slot_closed'
    when slot.on_sale_at > now() then 'not_on_sale'
    when slot.capacity - slot.taken < (quote ->> 'places')::integer
      and not has_lapsed_holds(slot.id, grace) then 'sold_out'
  end;
end
$$;

-- As before, by the same rules.
create or replace function refusal_to_place(quote jsonb, grace interval)
returns text language plpgsql stable as $$
begin
  return (select refusal_of(slot, offering, quote, grace)
    from (select (quote ->> 'slot')::uuid as id) asked
    left join slots slot using (id)
    left join offerings offering on offering.id = slot.offering_id);
end
$$;

-- A booking's full state as every booking.* fact carries it; `extra` is what one kind adds.
create function booking_fact(booking bookings, slot slots, extra jsonb default '{}')
returns jsonb language plpgsql stable as $$
begin
  return jsonb_build_object(
    'bookingId', booking.id,
    'reference', booking.reference,
    'status', booking.status,
    'organiserId', booking.organiser_id,
    'offeringId', booking.offering_id,
    'offeringVersion', booking.offering_version,
    'slotId', booking.slot_id,
    'startsAt', rfc3339(slot.starts_at),
    'endsAt', rfc3339(slot.ends_at),
    'customerId', booking.customer_id,
    'contact', booking.contact,
    'attendees', booking.attendees,
    'party', booking.quote -> 'party',
    'places', booking.places,
    'options', booking.quote -> 'options',
    'lines', booking.quote -> 'lines',
    'taxCents', booking.tax_cents,
    'totalCents', booking.total_cents,
    'currency', booking.currency,
    'holdExpiresAt', case when booking.status = 'PENDING' then rfc3339(booking.hold_expires_at) end
  ) || extra;
end
$$;

create or replace function tell_booking(
  booking bookings, fact text, extra jsonb default '{}', traceparent text default null
) returns uuid language plpgsql as $$
declare
  slot slots;
begin
  select * into slot from slots where slots.id = booking.slot_id;
  return record_fact(
    fact, booking.id, booking.version, booking_fact(booking, slot, extra), traceparent);
end
$$;
