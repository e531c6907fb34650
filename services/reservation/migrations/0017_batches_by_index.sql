-- How many members a batch has is not known when its statements are planned, and a hundred are
-- assumed: for so many the planner reads the whole table of slots beside them, each time, as soon
-- as it has a few thousand. Each member's slot is found by its id. The settings hold for whatever
-- place_bookings calls, too.
alter function place_bookings(jsonb, interval) set enable_seqscan = off;
alter function place_bookings(jsonb, interval) set enable_hashjoin = off;
alter function place_bookings(jsonb, interval) set enable_mergejoin = off;
