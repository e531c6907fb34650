-- The columns are those of rate-limiter-flexible's PostgreSQL store, which reads and writes it.
-- Unlogged: after a crash everybody may try again, and no guess costs a flush to disk.
create unlogged table throttles (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index throttles_by_expiry on throttles (expire);
