-- When the confirmation of a booking was asked for again within the last hour, so that nobody's inbox
-- is filled through us. Beside the bookings, which stay as they are when an e-mail is sent again.
create table resends (
  booking_id uuid primary key references bookings (id),
  asked_at timestamptz[] not null
);
