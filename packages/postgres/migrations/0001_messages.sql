-- A fact is written here in the transaction that makes it true, and leaves through the relay, which
-- deletes what the broker has. `position` gives the relay an order to read in; it is not the order
-- of commits, which is why facts carry a sequence of their own.
create table outbox (
  id uuid primary key default gen_random_uuid(),
  position bigint generated always as identity,
  source text not null,
  type text not null,
  subject text not null,
  sequence integer not null,
  data jsonb not null,
  traceparent text,
  created_at timestamptz not null default now()
);
create index outbox_in_order on outbox (position);

-- What each consumer has handled, written in the transaction of its effect.
create table inbox (
  consumer text not null,
  message_id text not null,
  handled_at timestamptz not null default now(),
  constraint inbox_handled_once primary key (consumer, message_id)
);
create index inbox_by_age on inbox (handled_at);

create table idempotency_keys (
  scope text not null,
  key text not null,
  body_hash text not null,
  locked_until timestamptz not null,
  created_at timestamptz not null default now(),
  status integer,
  headers jsonb,
  body text,
  constraint idempotency_keys_claimed_once primary key (scope, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
