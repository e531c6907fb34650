-- One role and, unless it is the superuser or who reads metrics, its one database. Safe to run again:
-- what is there stays, and the password becomes the one of the Secret.
\set password `cat :'file'`
select format('create role %I', :'role')
 where not exists (select from pg_roles where rolname = :'role') \gexec
alter role :"role" login password :'password';
-- Counters and who is connected, and no table of anybody's; a few connections, so that whoever looks
-- is never the crowd.
select format('grant pg_monitor to %I', :'role') where :'role' = 'guichet_metrics' \gexec
-- What is revoked from everybody below is given back to the one who looks in by it.
select format('grant connect on database postgres to %I', :'role') where :'role' = 'guichet_metrics' \gexec
select format('alter role %I connection limit 5', :'role') where :'role' = 'guichet_metrics' \gexec
select format('create database %I owner %I', :'role', :'role')
 where :'role' not in ('postgres', 'guichet_metrics')
   and not exists (select from pg_database where datname = :'role') \gexec
-- Every role may enter every database unless this is said of each, template1 included.
select format('revoke all on database %I from public', datname)
  from pg_database where datallowconn and datname in (:'role', 'template1') \gexec
