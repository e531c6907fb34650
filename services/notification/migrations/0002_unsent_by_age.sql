-- What is not sent is few among many, and is asked for every few seconds.
create index notifications_unsent on notifications (created_at) where state = 'sending';
