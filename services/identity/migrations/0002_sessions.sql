create table sessions (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  -- Whom its access tokens act for; null: the person acts as a customer.
  organiser_id uuid,
  device text not null,
  started_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  -- Ends when it was not used for so long, and at expires_at however much it was used.
  idle_ms bigint not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  constraint sessions_end_for_a_reason check (
    (ended_at is null) = (end_reason is null)
    and end_reason in ('signed_out', 'password_reset', 'token_reused')
  )
);
create index sessions_live_by_account on sessions (account_id) where ended_at is null;
create index sessions_by_expiry on sessions (expires_at);

create view live_sessions as
  select *
    from sessions
   where ended_at is null
     and expires_at > now()
     and used_at > now() - idle_ms * interval '1 millisecond';

-- The family of a session: every refresh token it ever had, so that one that comes back is known.
create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references sessions on delete cascade,
  issued_at timestamptz not null default now(),
  used_at timestamptz,
  -- successor = HMAC-SHA256(token, salt): whoever has the token again can be given the same
  -- successor again, and the table alone gives neither.
  successor_salt bytea,
  successor_hash bytea,
  constraint refresh_tokens_used_have_a_successor check (
    (used_at is null) = (successor_hash is null) and (used_at is null) = (successor_salt is null)
  )
);
create index refresh_tokens_by_session on refresh_tokens (session_id);
