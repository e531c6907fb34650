-- One role and, unless it is the superuser, its one database. Safe to run again: what is there stays,
-- and the password becomes the one of the Secret.
\set password `cat :'file'`
select format('create role %I', :'role')
 where not exists (select from pg_roles where rolname = :'role') \gexec
alter role :"role" login password :'password';
select format('create database %I owner %I', :'role', :'role')
 where :'role' <> 'postgres'
   and not exists (select from pg_database where datname = :'role') \gexec
-- Every role may enter every database unless this is said of each, template1 included.
select format('revoke all on database %I from public', datname)
  from pg_database where datallowconn and datname in (:'role', 'template1') \gexec
