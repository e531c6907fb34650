-- One key per organiser signs its passes; a device that has the public half verifies them with no
-- network. Public halves stay for as long as a pass may be shown, `kid` is a byte of the pass.
create table pass_keys (
  organiser_id uuid not null,
  kid smallint not null,
  public_key bytea not null,
  sealed_private_key text not null,
  active_from timestamptz not null,
  primary key (organiser_id, kid),
  constraint pass_keys_fit_a_byte check (kid between 0 and 255)
);

create table passes (
  id uuid primary key,
  booking_id uuid not null references bookings (id),
  code text not null,
  created_at timestamptz not null default now()
);
create index passes_by_booking on passes (booking_id, id);
