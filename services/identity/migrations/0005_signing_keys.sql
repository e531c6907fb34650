create table signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  -- Sealed with SEALING_KEY: a dump of this table signs nothing.
  sealed_private_jwk text not null,
  created_at timestamptz not null,
  active_from timestamptz not null constraint signing_keys_one_at_a_time unique
);
