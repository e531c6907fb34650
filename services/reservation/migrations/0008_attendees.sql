-- Who takes the places, in order, where the quote said that names are asked (`quote.names`): none
-- until they are named, then one for each place. Not validated: the rows that are there have the
-- default, and reading them all would keep everybody from booking meanwhile.
alter table bookings add column attendees jsonb not null default '[]';
alter table bookings add constraint bookings_name_every_place
  check (attendees = '[]' or jsonb_array_length(attendees) = places) not valid;

-- The nth place of its booking that a pass admits to; the only pass of a whole party is the first.
alter table passes add column place integer not null default 1;
create unique index passes_one_a_place on passes (booking_id, place);
drop index passes_by_booking;

-- As before, and with the attendees.
create or replace function tell_booking(
  booking bookings, fact text, extra jsonb default '{}', traceparent text default null
) returns uuid language plpgsql as $$
declare
  slot slots;
begin
  select * into slot from slots where slots.id = booking.slot_id;
  return record_fact(fact, booking.id, booking.version, jsonb_build_object(
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
  ) || extra, traceparent);
end
$$;
