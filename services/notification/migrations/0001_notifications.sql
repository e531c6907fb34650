-- One row an e-mail: once per fact, recipient and template. It is written before the provider is
-- called, and leased meanwhile, so that a crash leaves a row that says what may have happened.
create table notifications (
  id uuid primary key default gen_random_uuid(),
  event_id text not null,
  recipient text not null,
  template text not null,
  language text not null,
  state text not null default 'sending',
  attempts integer not null default 1,
  locked_until timestamptz not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint notifications_sent_once unique (event_id, recipient, template),
  constraint notifications_state_known check (state in ('sending', 'sent'))
);

-- What the e-mails need to know of offerings and bookings, as their facts last told it.
create table offerings (
  id uuid primary key,
  sequence integer not null,
  state jsonb not null
);
create table bookings (
  id uuid primary key,
  sequence integer not null,
  state jsonb not null
);
