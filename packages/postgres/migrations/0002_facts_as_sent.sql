-- A fact is written once and read once, as JSON: nothing looks into it here, and what jsonb does to
-- be looked into is paid for by whoever waits for the transaction. What writes jsonb goes on to do
-- so; the table holds no more than has not left yet.
alter table outbox alter column data type json using data::json;
