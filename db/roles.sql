-- Makes the login roles and makes nestegg_owner the owner of the database. The cluster's administrator runs this before every migration.
-- Safe to repeat.
-- The passwords are given as transaction settings, never as text of a statement, which could be logged:
--   nestegg.functions_password  the password of nestegg_functions, kept in Secrets Manager for the RDS Data API
--   nestegg.local_password      a laptop's server only: the password of every role, because there is no IAM there
do $roles$
declare
  role_name text;
  local_password text := nullif(current_setting('nestegg.local_password', true), '');
  functions_password text := coalesce(nullif(current_setting('nestegg.functions_password', true), ''), local_password);
  iam_available boolean := exists (select from pg_roles where rolname = 'rds_iam');
begin
  foreach role_name in array array['nestegg_owner', 'nestegg_write', 'nestegg_read', 'nestegg_operator', 'nestegg_functions'] loop
    if not exists (select from pg_roles where rolname = role_name) then
      execute format('create role %I login', role_name);
    end if;
    if role_name = 'nestegg_functions' then
      if functions_password is not null then
        execute format('alter role %I password %L', role_name, functions_password);
      end if;
    elsif iam_available then
      execute format('grant rds_iam to %I', role_name);
    elsif local_password is not null then
      execute format('alter role %I password %L', role_name, local_password);
    end if;
  end loop;
  alter role nestegg_write set statement_timeout = '25s';
  alter role nestegg_read set statement_timeout = '25s';
  alter role nestegg_functions set statement_timeout = '25s';
  alter role nestegg_write set idle_in_transaction_session_timeout = '60s';
  alter role nestegg_read set idle_in_transaction_session_timeout = '60s';
  -- For this transaction only: nestegg_owner signs in with IAM, and RDS refuses a password from members of a role that signs in with IAM.
  execute format('grant nestegg_owner to %I', current_user);
  execute format('alter database %I owner to nestegg_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to nestegg_write, nestegg_read, nestegg_operator, nestegg_functions', current_database());
  revoke all on schema public from public;
  execute format('revoke nestegg_owner from %I', current_user);
end
$roles$;
