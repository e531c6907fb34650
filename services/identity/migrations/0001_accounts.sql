create table accounts (
  id uuid primary key,
  email text not null constraint accounts_one_per_address unique,
  -- A PHC string. Null for somebody who was hired and has not chosen a password yet.
  password_hash text,
  first_name text not null,
  last_name text not null,
  language text not null,
  -- When the token of an e-mail was used: only then is it known that the address is theirs.
  address_proven_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  constraint accounts_address_in_lower_case check (email = lower(email))
);

create table reset_tokens (
  -- SHA-256 of the 256 random bits in the e-mail: a dump of this table opens no account.
  token_hash bytea primary key,
  account_id uuid not null references accounts on delete cascade,
  expires_at timestamptz not null
);
create index reset_tokens_by_account on reset_tokens (account_id);
create index reset_tokens_by_expiry on reset_tokens (expires_at);
