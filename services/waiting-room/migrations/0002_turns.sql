create table turns (
  -- The visit’s that it was given for: one page that was loaded gives one turn, however often it asks.
  id uuid primary key,
  room_id uuid not null references rooms (id),
  -- Given once and never changed; null while a draw is to come.
  rank bigint,
  joined_at timestamptz not null,
  -- Keyed hashes: of an account or an e-mail address, of a network address.
  holder_hash bytea,
  address_hash bytea not null,
  admitted_at timestamptz,
  constraint turns_one_of_each_rank unique (room_id, rank)
);
create index turns_by_holder on turns (room_id, holder_hash) where holder_hash is not null;
create index turns_by_admission on turns (room_id, admitted_at) where admitted_at is not null;
create index turns_by_joining on turns (room_id, joined_at);

-- Counters, since counting the turns of a large network with each that joins would be quadratic.
create table address_turns (
  room_id uuid not null references rooms (id),
  address_hash bytea not null,
  turns integer not null,
  primary key (room_id, address_hash)
);

-- What came from which block of addresses: for the organiser, under a label that names no device.
create table blocks (
  room_id uuid not null references rooms (id),
  label text not null,
  turns bigint not null default 0,
  refused bigint not null default 0,
  primary key (room_id, label)
);

create table email_codes (
  room_id uuid not null references rooms (id),
  email_hash bytea not null,
  code_hash bytea not null,
  asked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  tries integer not null default 0
);
create index email_codes_by_address on email_codes (room_id, email_hash, asked_at);

-- Gives turns in the order of the arrays, under one lock of the room's line: what is there is counted
-- and what is given is written where nobody else can come between. A turn that was given before is
-- answered as it was, to its holder: a page that somebody else sends with an account or an address of
-- their own would have the turn made out to them, and turns would be sold. The line is locked before
-- the room is read, so that a draw has either not begun or is over.
create function join_line(
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

-- Lets in whoever is called, once each: who comes again is answered what was answered, to the
-- microsecond, since an admission is made of it.
create function admit_turns(the_room uuid, ids uuid[])
returns table (nth integer, outcome text, admitted_at timestamptz, ends_at timestamptz)
language plpgsql as $$
declare
  room rooms;
  line lines;
  given turns;
  admitted_now bigint := 0;
begin
  select * into line from lines where room_id = the_room for update;
  select * into room from rooms where id = the_room;

  for n in 1 .. cardinality(ids) loop
    nth := n;
    admitted_at := null;
    ends_at := null;
    select * into given from turns where id = ids[n] and room_id = the_room;
    if given.id is null then
      outcome := 'turn_invalid';
    elsif phase_of(room) = 'closed' then
      outcome := 'room_closed';
    elsif given.admitted_at is not null then
      admitted_at := given.admitted_at;
      ends_at := admitted_at + room.admission_seconds * interval '1 second';
      outcome := case when ends_at > now() then 'admitted' else 'admission_lapsed' end;
    elsif line.places_left = 0 and line.held = 0 then
      outcome := 'sold_out';
    elsif phase_of(room) <> 'admitting' or given.rank is null or given.rank > line.called_up_to then
      outcome := 'not_your_turn';
    else
      outcome := 'admitted';
      admitted_at := now();
      ends_at := admitted_at + room.admission_seconds * interval '1 second';
      update turns t set admitted_at = now() where t.id = given.id;
      admitted_now := admitted_now + 1;
    end if;
    return next;
  end loop;

  update lines set admitted = admitted + admitted_now
   where room_id = the_room and admitted_now > 0;
end
$$;

-- Draws, once: those who came before the sale in the order of SHA-256(seed, id), and behind them,
-- as they came, those who came between the hour and this. Says how many are ranked by it.
create function draw_line(the_room uuid, the_seed bytea) returns bigint
language plpgsql as $$
declare
  room rooms;
  ranked bigint;
begin
  perform from lines where room_id = the_room for update;
  select * into room from rooms where id = the_room;
  if room.line_order <> 'draw' or room.drawn_at is not null then
    return null;
  end if;
  if encode(sha256(the_seed), 'hex') <> room.seed_commitment then
    raise exception 'the seed of room % is not the one that was committed to', the_room;
  end if;

  with in_order as (
    select id, row_number() over (
             order by joined_at >= room.sale_at,
                      case when joined_at < room.sale_at then sha256(the_seed || uuid_send(id)) end,
                      joined_at, id) as place
      from turns where room_id = the_room)
  update turns t set rank = in_order.place from in_order where in_order.id = t.id;
  get diagnostics ranked = row_count;
  update rooms set seed = the_seed, drawn_at = now() where id = the_room;
  return ranked;
end
$$;
