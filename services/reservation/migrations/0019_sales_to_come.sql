-- Which slots go on sale soon is asked every few seconds, and few slots have such an hour. It changes
-- with no sale, so that the counter beside it still needs no index written (a HOT update).
create index slots_by_sale on slots (on_sale_at) where on_sale_at is not null;
