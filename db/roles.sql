-- Makes the login roles and makes nestegg_owner the owner of the database. The cluster's administrator runs this before every migration.
-- Safe to repeat.
-- The passwords are given as transaction settings, never as text of a statement, which could be logged:
--   nestegg.password_of_<role>  the password of a role of functions, kept in Secrets Manager for the RDS Data API
--   nestegg.local_password      a laptop's server only: the password of every role, because there is no IAM there
do $roles$
declare
  role_name text;
  function_roles constant text[] := array['nestegg_identity', 'nestegg_invitations', 'nestegg_runs'];
  request_roles constant text[] := array['nestegg_write', 'nestegg_read', 'nestegg_public'] || function_roles;
  own_password text;
  local_password text := nullif(current_setting('nestegg.local_password', true), '');
  iam_available boolean := exists (select from pg_roles where rolname = 'rds_iam');
begin
  foreach role_name in array array['nestegg_owner', 'nestegg_operator'] || request_roles loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    own_password := coalesce(nullif(current_setting('nestegg.password_of_' || role_name, true), ''), local_password);
    if role_name <> all (function_roles) and iam_available then
      execute format('grant rds_iam to %I', role_name);
    elsif own_password is not null then
      execute format('alter role %I password %L', role_name, own_password);
    end if;
    -- A request ends after 30 seconds, a job after 15 minutes; a migration may take longer.
    execute format('alter role %I set statement_timeout = %L', role_name,
      case role_name when 'nestegg_owner' then '1h' when 'nestegg_operator' then '15min' else '25s' end);
    execute format('alter role %I set lock_timeout = %L', role_name,
      case role_name when 'nestegg_owner' then '1min' when 'nestegg_operator' then '5min' else '20s' end);
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', role_name,
      case role_name when 'nestegg_owner' then '1h' when 'nestegg_operator' then '15min' else '60s' end);
  end loop;
  -- For this transaction only: nestegg_owner signs in with IAM, and RDS refuses a password from members of a role that signs in with IAM.
  execute format('grant nestegg_owner to %I', current_user);
  execute format('alter database %I owner to nestegg_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to nestegg_operator, %s', current_database(), array_to_string(request_roles, ', '));
  revoke all on schema public from public;
  execute format('revoke nestegg_owner from %I', current_user);
end
$roles$;
