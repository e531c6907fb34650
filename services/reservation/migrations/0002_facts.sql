-- RFC 3339 in UTC to the millisecond, as JavaScript writes an instant, so that a fact reads the
-- same whoever wrote it.
create function rfc3339(moment timestamptz) returns text language sql stable as $$
  select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Every fact of this service is written here, in the transaction that makes it true. Facts are put
-- together by the database because several statements (placing, expiring) make many of them at
-- once, and a second builder in TypeScript would drift from this one.
--
-- PL/pgSQL, here and in what else placing calls: its plans are kept for the session, while a
-- function in SQL that cannot be inlined is planned anew by every transaction that calls it.
create function record_fact(
  fact text, of_subject uuid, of_sequence integer, fact_data jsonb, traceparent text
) returns uuid language plpgsql as $$
declare
  fact_id uuid := gen_random_uuid();
begin
  insert into outbox (id, source, type, subject, sequence, data, traceparent)
  values (fact_id, 'guichet/reservation', fact, of_subject, of_sequence, fact_data, traceparent);
  return fact_id;
end
$$;
