-- An organiser is here from its first admin on. The count is kept by a trigger and never falls to
-- nought: two admins who dismiss each other at the same moment meet on this row, and the second
-- one is refused. Counting the rows instead would let both go (each still sees the other).
create table organisers (
  id uuid primary key,
  admins integer not null constraint organisers_keep_an_admin check (admins > 0)
);

-- The organiser's own roles; the built-in ones are in contracts/permissions.ts.
create table roles (
  organiser_id uuid not null,
  code text not null,
  permissions text[] not null,
  version integer not null default 1,
  primary key (organiser_id, code),
  constraint roles_leave_the_built_in_alone
    check (code not in ('customer', 'employee', 'manager', 'admin'))
);

create table employments (
  organiser_id uuid not null,
  account_id uuid not null references accounts,
  -- What the organiser calls them: the account's own name is not theirs to read.
  first_name text not null,
  last_name text not null,
  role text not null,
  own_role text generated always as (
    case when role in ('customer', 'employee', 'manager', 'admin') then null else role end
  ) stored,
  disabled boolean not null default false,
  hired_at timestamptz not null default now(),
  primary key (organiser_id, account_id),
  constraint employments_role_exists foreign key (organiser_id, own_role)
    references roles (organiser_id, code)
);
create index employments_by_account on employments (account_id);
create index employments_by_own_role on employments (organiser_id, own_role)
  where own_role is not null;

create function count_admins() returns trigger language plpgsql as $$
declare
  change integer := 0;
  organiser uuid := case when tg_op = 'DELETE' then old.organiser_id else new.organiser_id end;
begin
  if tg_op <> 'INSERT' and old.role = 'admin' and not old.disabled then
    change := change - 1;
  end if;
  if tg_op <> 'DELETE' and new.role = 'admin' and not new.disabled then
    change := change + 1;
  end if;

  if change > 0 then
    insert into organisers as o (id, admins) values (organiser, change)
      on conflict (id) do update set admins = o.admins + change;
  elsif change < 0 then
    update organisers set admins = admins + change where id = organiser;
  end if;
  return null;
end
$$;

create trigger employments_count_admins
  after insert or update or delete on employments
  for each row execute function count_admins();
