-- RFC 3339 in UTC to the millisecond, as JavaScript writes an instant, so that a fact reads the
-- same whoever wrote it.
create function rfc3339(moment timestamptz) returns text language sql immutable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Every fact of this service is written here, in the transaction that makes it true. Facts are put
-- together by the database because several statements (placing, expiring) make many of them at
-- once, and a second builder in TypeScript would drift from this one.
create function record_fact(
  fact text, of_subject uuid, of_sequence integer, fact_data jsonb, traceparent text
) returns uuid language sql as $$
  insert into outbox (id, source, type, subject, sequence, data, traceparent)
  values (gen_random_uuid(), 'guichet/reservation', fact, of_subject, of_sequence, fact_data, traceparent)
  returning id
$$;
