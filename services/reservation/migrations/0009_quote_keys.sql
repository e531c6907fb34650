-- Public halves of the keys that catalog signs quotes with, as it last told them, so that places are
-- sold after a restart also while catalog is away. Nothing here is secret.
create table quote_keys (
  kid text primary key,
  jwk jsonb not null,
  told_at timestamptz not null
);
