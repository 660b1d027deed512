-- Makes the login roles and makes nestegg_owner the owner of the database. The cluster's administrator runs this before every migration.
-- Safe to repeat.
-- The passwords are given as transaction settings, never as text of a statement, which could be logged:
--   nestegg.password_of_<role>  the password of a role of functions, kept in Secrets Manager for the RDS Data API
--   nestegg.local_password      a laptop's server only: the password of every role, because there is no IAM there
do $roles$
declare
  role_name text;
  function_roles constant text[] := array['nestegg_identity', 'nestegg_invitations', 'nestegg_runs', 'nestegg_audit', 'nestegg_wealth'];
  request_roles constant text[] := array['nestegg_write', 'nestegg_read', 'nestegg_public'] || function_roles;
  extension_name text;
  own_password text;
  local_password text := nullif(current_setting('nestegg.local_password', true), '');
  iam_available boolean := exists (select from pg_roles where rolname = 'rds_iam');
begin
  -- One at a time: two that change the same role or database fail with "tuple concurrently updated". The key is arbitrary and must never change.
  perform pg_advisory_xact_lock(7011190517);
  foreach role_name in array array['nestegg_owner', 'nestegg_operator', 'nestegg_backup'] || request_roles loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    own_password := coalesce(nullif(current_setting('nestegg.password_of_' || role_name, true), ''), local_password);
    if role_name <> all (function_roles) and iam_available then
      execute format('grant rds_iam to %I', role_name);
    elsif own_password is not null then
      execute format('alter role %I password %L', role_name, own_password);
    end if;
    -- A request ends after 30 seconds, a job or command after 15 minutes; a migration may take longer.
    execute format('alter role %I set statement_timeout = %L', role_name,
      case role_name when 'nestegg_owner' then '1h' when 'nestegg_operator' then '15min' when 'nestegg_backup' then '15min' else '25s' end);
    execute format('alter role %I set lock_timeout = %L', role_name,
      case role_name when 'nestegg_owner' then '1min' when 'nestegg_operator' then '5min' else '20s' end);
    -- An abandoned transaction keeps its locks. None waits for minutes between two statements, except that of the migrator's lock, which
    -- sets its own.
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name,
      case when role_name in ('nestegg_owner', 'nestegg_operator') then '5min' else '60s' end);
    -- A function that is not called is stopped with its timers, and keeps its connection: the cluster could not pause, and connections
    -- would run out. Longer than a request, a job, or the longest run of migrations between two statements of its other connections. The
    -- Data API, which alone connects as the roles of functions, has its own pool.
    execute format('alter role %I set idle_session_timeout = %L', role_name,
      case when role_name = 'nestegg_owner' then '1h' when role_name = 'nestegg_operator' then '20min'
        when role_name = any (function_roles) then '0' else '10min' end);
  end loop;
  -- A backup is restored into a database of its own, which then takes the place of this one: its sessions have to end.
  alter role nestegg_owner createdb;
  begin
    grant pg_signal_backend to nestegg_owner;
  exception when insufficient_privilege then
    raise notice 'The administrator may not grant pg_signal_backend: before a whole database is restored, its sessions have to be ended by hand.';
  end;
  -- For this transaction only: nestegg_owner signs in with IAM, and RDS refuses a password from members of a role that signs in with IAM.
  execute format('grant nestegg_owner to %I', current_user);
  execute format('alter database %I owner to nestegg_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  -- The administrator is no longer the owner, and must connect again before the next migration.
  execute format('grant connect on database %I to %I, nestegg_operator, nestegg_backup, %s', current_database(), current_user,
    array_to_string(request_roles, ', '));
  revoke all on schema public from public;
  -- For the reports of nestegg_operator: figures of statements and sessions of all roles, space in tables and indexes, and the check of
  -- indexes by nestegg_owner. The platform works without them, and its reports then say what is missing. Which server has them, and whether
  -- this administrator may make them, is known only when it is tried.
  execute format('create schema if not exists extensions authorization %I', current_user);
  grant usage on schema extensions to nestegg_operator, nestegg_owner;
  foreach extension_name in array array['pg_stat_statements', 'pgstattuple', 'amcheck'] loop
    continue when not exists (select from pg_available_extensions where name = extension_name);
    begin
      execute format('create extension if not exists %I schema extensions', extension_name);
    exception when insufficient_privilege then
      raise notice 'The administrator may not make the extension %.', extension_name;
    end;
  end loop;
  if to_regprocedure('extensions.bt_index_check(regclass, boolean)') is not null then
    grant execute on function extensions.bt_index_check(regclass, boolean) to nestegg_owner;
  end if;
  begin
    grant pg_monitor to nestegg_operator;
  exception when insufficient_privilege then
    raise notice 'The administrator may not let nestegg_operator read the figures of other roles.';
  end;
  execute format('revoke nestegg_owner from %I', current_user);
  -- The right to grant a role, which its maker has, is no membership in this sense.
  if exists (
    with recursive held as (
      select roleid from pg_auth_members where member = to_regrole(quote_ident(current_user)) and (inherit_option or set_option)
      union
      select m.roleid from pg_auth_members m join held on m.member = held.roleid where m.inherit_option or m.set_option
    )
    select from held where roleid = to_regrole('rds_iam')
  ) then
    raise exception 'The administrator % is a member of rds_iam, directly or through another role, and so could not sign in with its password any more.', current_user
      using errcode = 'object_not_in_prerequisite_state', hint = format('Revoke from %s the roles that are members of rds_iam, as the role that granted them.', current_user);
  end if;
end
$roles$;
