create table rooms (
  id uuid primary key,
  organiser_id uuid not null,
  offering_id uuid not null,
  opens_at timestamptz not null,
  sale_at timestamptz not null,
  closes_at timestamptz not null,
  line_order text not null,
  holder text not null,
  turns_per_holder integer not null,
  turns_per_address integer not null,
  pacing jsonb not null,
  admission_seconds integer not null,
  expected_buyers integer not null,
  -- Of a draw: what it is going to be drawn with is fixed, and known to nobody, before anybody waits.
  -- `seed` and `drawn_at` are set as it is drawn, in the transaction that gives the ranks.
  seed_commitment text,
  sealed_seed text,
  seed bytea,
  drawn_at timestamptz,
  closed_at timestamptz,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null default now(),
  constraint rooms_open_before_they_sell check (opens_at <= sale_at and sale_at < closes_at),
  constraint rooms_order_is_known check (line_order in ('first_come', 'draw')),
  constraint rooms_holder_is_known check (holder in ('anybody', 'verified_email', 'account')),
  constraint rooms_draw_by_a_committed_seed
    check ((line_order = 'draw') = (seed_commitment is not null and sealed_seed is not null)),
  constraint rooms_are_drawn_at_once check ((seed is null) = (drawn_at is null))
);
create unique index rooms_one_open_per_offering on rooms (offering_id) where closed_at is null;
create index rooms_by_organiser on rooms (organiser_id);

-- What a room is at this moment, by this server's clock and no other.
create function phase_of(room rooms) returns text language sql stable as $$
  select case
    when room.closed_at is not null or room.closes_at <= now() then 'closed'
    when room.sale_at <= now() then 'admitting'
    when room.opens_at <= now() then 'waiting'
    else 'announced'
  end
$$;

-- What moves, apart from what is set: a row that is rewritten every second, and with every batch of
-- those who join. Half a page free, and no index on what changes, keeps the new version beside the
-- old one (a HOT update); vacuum comes early because one row sees thousands.
create table lines (
  room_id uuid primary key references rooms (id),
  -- Turns that were ever given; with a rank each, once there is no draw to come, they are ranks 1 to this.
  joined bigint not null default 0,
  -- The last rank that may go in.
  called_up_to bigint not null default 0,
  -- As reservation told it last, of all slots together.
  places_left integer,
  held integer,
  bookings integer,
  admitted bigint not null default 0,
  called_per_minute integer not null default 0,
  -- People a second, where measurement decides; kept here for whoever keeps the room next.
  pace double precision,
  -- The replica that calls, until when nobody else may.
  keeper text,
  kept_until timestamptz,
  updated_at timestamptz not null default now(),
  constraint lines_call_who_has_joined check (called_up_to between 0 and joined)
) with (
  fillfactor = 50,
  autovacuum_vacuum_threshold = 100,
  autovacuum_vacuum_scale_factor = 0.01
);

-- Nobody who was called is uncalled, whoever writes: two keepers at once, or one that was away.
create function keep_called() returns trigger language plpgsql as $$
begin
  raise exception 'called_up_to of room % would fall from % to %',
    old.room_id, old.called_up_to, new.called_up_to;
end
$$;
create trigger lines_never_call_back before update on lines
  for each row when (new.called_up_to < old.called_up_to) execute function keep_called();

-- Whether a replica may keep a room: it does already, or nobody has for so long. And whether it
-- still does, which everything that a keeper writes asks in the statement that writes it.
create function may_keep(line lines, who text, margin interval) returns boolean
language sql stable as $$
  select line.keeper = who or coalesce(line.kept_until + margin, '-infinity') <= now()
$$;
create function is_kept_by(line lines, who text) returns boolean language sql stable as $$
  select line.keeper = who and line.kept_until > now()
$$;

-- Append-only: whoever was called, and when, can be checked afterwards.
create table calls (
  room_id uuid not null references rooms (id),
  up_to bigint not null,
  called_at timestamptz not null default now(),
  -- How many bookings the offering had by then: those that come later are of who was called by now.
  bookings integer not null,
  primary key (room_id, up_to)
);
create index calls_by_time on calls (room_id, called_at);

-- Whoever was refused a turn or an admission, by the code of the refusal.
create table room_refusals (
  room_id uuid not null references rooms (id),
  reason text not null,
  count bigint not null,
  primary key (room_id, reason)
);
