create table bookings (
  id uuid primary key,
  reference text not null,
  organiser_id uuid not null,
  offering_id uuid not null,
  offering_version integer not null,
  -- No foreign key: its check locks the slot's row for every buyer, which cost 22 % on one hot slot
  -- (16 clients, pgbench). A booking is only ever written with its slot's counter, and slots are
  -- never deleted.
  slot_id uuid not null,
  customer_id uuid,
  contact jsonb,
  status text not null default 'PENDING',
  places integer not null,
  -- What the quote promised and nothing here computes with: party, options, lines, terms, refunds.
  quote jsonb not null,
  total_cents integer not null,
  tax_cents integer not null,
  currency text not null,
  hold_expires_at timestamptz not null,
  extended boolean not null default false,
  payment_began_at timestamptz,
  -- Set while the fence runs: the booking can neither be extended nor paid for anew.
  expiring_at timestamptz,
  expiring_to text,
  fence_attempts integer not null default 0,
  fence_due_at timestamptz,
  -- When money arrived, whether the places were still there or not; it is dealt with once.
  paid_at timestamptz,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint bookings_reference_is_unique unique (reference),
  constraint bookings_take_a_place check (places > 0),
  constraint bookings_cost_nothing_or_more check (total_cents >= 0 and tax_cents >= 0),
  constraint bookings_status_is_known check (status in
    ('PENDING', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'EMBARKED', 'COMPLETED', 'NO_SHOW')),
  constraint bookings_expire_while_pending check (expiring_at is null or status = 'PENDING'),
  constraint bookings_expire_to_an_end check (
    (expiring_at is null) = (expiring_to is null) and expiring_to in ('EXPIRED', 'CANCELLED'))
) with (fillfactor = 80);

create index bookings_by_slot on bookings (slot_id, id);
create index bookings_by_organiser on bookings (organiser_id, id);
create index bookings_by_customer on bookings (customer_id, id) where customer_id is not null;
create index bookings_held_by_slot on bookings (slot_id, hold_expires_at)
  where status = 'PENDING' and payment_began_at is null and expiring_at is null;
create index bookings_held on bookings (hold_expires_at)
  where status = 'PENDING' and expiring_at is null;
create index bookings_at_the_fence on bookings (fence_due_at) where expiring_at is not null;

create function refuse_booking_move() returns trigger language plpgsql as $$
begin
  raise exception 'A booking cannot go from % to %.',
    case tg_op when 'INSERT' then 'nothing' else old.status end, new.status
    using errcode = 'check_violation', constraint = 'bookings_move_as_named', table = 'bookings';
end
$$;

create trigger bookings_begin_pending before insert on bookings
  for each row when (new.status <> 'PENDING')
  execute function refuse_booking_move();

create trigger bookings_move_as_named before update of status on bookings
  for each row when (
    old.status <> new.status
    and (old.status, new.status) not in (
      ('PENDING', 'CONFIRMED'), ('PENDING', 'CANCELLED'), ('PENDING', 'EXPIRED'),
      ('EXPIRED', 'CONFIRMED'),
      ('CONFIRMED', 'EMBARKED'), ('CONFIRMED', 'CANCELLED'), ('CONFIRMED', 'NO_SHOW'),
      ('EMBARKED', 'COMPLETED'), ('EMBARKED', 'CONFIRMED')))
  execute function refuse_booking_move();

-- The claims of Idempotency-Key for placing, with what a replay needs to answer the same bytes.
-- The booking may not exist yet when its key is claimed, hence no foreign key.
create table booking_keys (
  scope text not null,
  key text not null,
  body_hash text not null,
  booking_id uuid not null,
  hold_expires_at timestamptz not null,
  token_key integer not null,
  created_at timestamptz not null default now(),
  primary key (scope, key)
);
create index booking_keys_by_age on booking_keys (created_at);

-- A booking's full state as every booking.* fact carries it; `extra` is what one kind adds.
create function tell_booking(
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
