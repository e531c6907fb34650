-- Gives turns in the order of the arrays, under one lock of the room's line: what is there is counted
-- and what is given is written where nobody else can come between. A turn that was given before is
-- answered as it was, to its holder: a page that somebody else sends with an account or an address of
-- their own would have the turn made out to them, and turns would be sold. The line is locked before the room is read, so that a draw has either not begun
-- or is over.
create or replace function join_line(
  the_room uuid, ids uuid[], holders bytea[], addresses bytea[], labels text[]
) returns table (nth integer, outcome text, rank bigint, joined_at timestamptz)
language plpgsql as $$
declare
  room rooms;
  phase text;
  next_rank bigint;
  given turns;
begin
  select joined into next_rank from lines where room_id = the_room for update;
  select * into room from rooms where id = the_room;
  if room.id is null then
    return query select n, 'room_not_found', null::bigint, null::timestamptz
                   from generate_subscripts(ids, 1) n;
    return;
  end if;
  phase := phase_of(room);

  for n in 1 .. cardinality(ids) loop
    nth := n;
    rank := null;
    joined_at := null;
    select * into given from turns where id = ids[n];
    if given.id is not null then
      if given.room_id = the_room and given.holder_hash is not distinct from holders[n] then
        outcome := 'joined';
        rank := given.rank;
        joined_at := given.joined_at;
      else
        outcome := 'visit_invalid';
      end if;
    elsif phase = 'announced' then
      outcome := 'room_not_open';
    elsif phase = 'closed' then
      outcome := 'room_closed';
    elsif holders[n] is not null and room.turns_per_holder <= (
      -- Whoever let an admission lapse may stand in line again.
      select count(*) from turns t
       where t.room_id = the_room and t.holder_hash = holders[n]
         and (t.admitted_at is null
              or t.admitted_at + room.admission_seconds * interval '1 second' > now())
    ) then
      outcome := 'turns_per_holder';
    elsif room.turns_per_address <= coalesce(
      (select a.turns from address_turns a
        where a.room_id = the_room and a.address_hash = addresses[n]), 0
    ) then
      outcome := 'turns_per_address';
    else
      outcome := 'joined';
      next_rank := next_rank + 1;
      joined_at := clock_timestamp();
      -- Of a draw that is to come, each has a place in line and nobody knows yet which.
      rank := case when room.line_order = 'first_come' or room.drawn_at is not null
                   then next_rank end;
      insert into turns (id, room_id, rank, joined_at, holder_hash, address_hash)
      values (ids[n], the_room, rank, joined_at, holders[n], addresses[n]);
      insert into address_turns as a (room_id, address_hash, turns)
      values (the_room, addresses[n], 1)
          on conflict on constraint address_turns_pkey do update set turns = a.turns + 1;
      insert into blocks as b (room_id, label, turns) values (the_room, labels[n], 1)
          on conflict on constraint blocks_pkey do update set turns = b.turns + 1;
    end if;
    return next;
  end loop;

  update lines set joined = next_rank where room_id = the_room and joined < next_rank;
end
$$;
