-- What reservation knows of catalog's offerings, so that selling a place asks nobody.
create table offerings (
  id uuid primary key,
  organiser_id uuid not null,
  status text not null,
  title jsonb not null,
  venue jsonb not null,
  version integer not null,
  constraint offerings_status_is_known check (status in ('draft', 'published', 'withdrawn'))
);
