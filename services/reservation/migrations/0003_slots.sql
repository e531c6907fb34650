create table slots (
  id uuid primary key,
  organiser_id uuid not null,
  offering_id uuid not null references offerings (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  on_sale_at timestamptz,
  capacity integer not null,
  taken integer not null default 0,
  status text not null default 'open',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint slots_never_oversold check (taken between 0 and capacity),
  constraint slots_end_after_they_start check (ends_at > starts_at),
  constraint slots_status_is_known check (status in ('open', 'closed', 'cancelled', 'completed'))
) with (
  -- Every sale rewrites the counter. Half a page free, and no index on what changes, keeps the new
  -- version beside the old one (a HOT update); vacuum comes early because one row sees thousands.
  fillfactor = 50,
  autovacuum_vacuum_threshold = 100,
  autovacuum_vacuum_scale_factor = 0.01
);
create index slots_by_offering on slots (offering_id, starts_at);

create function tell_slot(slot slots, fact text, traceparent text default null)
returns uuid language plpgsql as $$
begin
  return record_fact(fact, slot.id, slot.version, jsonb_build_object(
    'slotId', slot.id,
    'organiserId', slot.organiser_id,
    'offeringId', slot.offering_id,
    'startsAt', rfc3339(slot.starts_at),
    'endsAt', rfc3339(slot.ends_at),
    'capacity', slot.capacity,
    'taken', slot.taken,
    'status', slot.status
  ), traceparent);
end
$$;
