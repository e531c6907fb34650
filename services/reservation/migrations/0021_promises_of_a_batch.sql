-- In a rush a batch is of buyers who were all promised the same: one slot, one price, one party. What
-- was promised is read once for all of them, and held beside the slot and the offering once.

-- What a quote promises, with the slot as it is and the reason to refuse it, if there is one.
create type promised as (
  organiser_id uuid,
  offering_id uuid,
  offering_version integer,
  slot_id uuid,
  places integer,
  quote jsonb,
  total_cents integer,
  tax_cents integer,
  currency text,
  starts_at timestamptz,
  ends_at timestamptz,
  refusal text
);

-- What place_bookings, under whose settings it runs, was told of promises, in their order: a list of
-- objects.
create function promises_of(promises jsonb, grace interval)
returns promised[] language plpgsql stable as $$
begin
  return (
    select array_agg(row (
        one."organiserId", one."offeringId", one."offeringVersion", one."slotId", one.places,
        one.quote, one."totalCents", one."taxCents", one.currency, slot.starts_at, slot.ends_at,
        refusal_of(
          slot, offering, one."organiserId", one."offeringId", one."offeringVersion", one.places, grace)
      )::promised order by one.nth)
    from rows from (jsonb_to_recordset(promises) as (
        "organiserId" uuid, "offeringId" uuid, "offeringVersion" integer, "slotId" uuid,
        places integer, quote jsonb, "totalCents" integer, "taxCents" integer, currency text
      )) with ordinality as one (
        "organiserId", "offeringId", "offeringVersion", "slotId", places, quote, "totalCents",
        "taxCents", currency, nth)
    left join slots slot on slot.id = one."slotId"
    left join offerings offering on offering.id = slot.offering_id);
end
$$;
