-- Which version of the organiser's terms the buyer accepted, and when; null until they do, which a
-- page insists on and a program need not.
alter table bookings add column accepted_terms text;
alter table bookings add column terms_accepted_at timestamptz;
alter table bookings add constraint bookings_accept_their_own_terms
  check (accepted_terms is null or accepted_terms = quote ->> 'terms') not valid;
alter table bookings add constraint bookings_accept_at_a_time
  check ((accepted_terms is null) = (terms_accepted_at is null)) not valid;
