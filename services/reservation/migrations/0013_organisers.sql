-- What a printed pass shows beside the booking: who sells it, and what the fares of its party are
-- called. Version 0 is a name that came with an offering: any fact about the organiser is newer.
create table organisers (
  id uuid primary key,
  name text not null,
  version integer not null
);

-- Offerings known from before have none until they are told again; their parties are counted.
alter table offerings add column fares jsonb not null default '[]';
