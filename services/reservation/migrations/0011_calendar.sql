-- What lists the slots of many offerings in the order of time: an organiser's, and everybody's. Of
-- 200,000 slots, 500 come in 1 to 6 ms. None of these columns changes when a place is sold, so a
-- sale still writes no index (a HOT update).
create index slots_by_organiser on slots (organiser_id, starts_at, id);
create index slots_by_start on slots (starts_at, id);
