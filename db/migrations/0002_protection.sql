-- The audit trail, the request's context, and every user-owned table of the foundation under row-level security.

create table operations.audit_logs (
  id uuid not null default operations.uuid_v7(),
  occurred_at timestamptz not null default now(),
  user_id uuid,
  session_id text,
  action text not null check (action in ('CREATE', 'READ', 'UPDATE', 'DELETE', 'EXECUTE')),
  resource_type text not null,
  resource_id uuid,
  route text,
  ip_address text,
  user_agent text,
  request_id text,
  old_values jsonb,
  new_values jsonb,
  changed_fields jsonb,
  metadata jsonb,
  severity text not null default 'info' check (severity in ('debug', 'info', 'warning', 'error', 'critical')),
  compliance_category text,
  retention_until timestamptz not null default now() + interval '7 years',
  execution_time_ms integer,
  primary key (id, occurred_at)
) partition by range (occurred_at);
--> statement-breakpoint
create index audit_logs_user_action on operations.audit_logs (user_id, id);
--> statement-breakpoint
create index audit_logs_resource on operations.audit_logs (resource_type, resource_id);
--> statement-breakpoint
create index audit_logs_occurred_at on operations.audit_logs (occurred_at);
--> statement-breakpoint
create index audit_logs_session_time on operations.audit_logs (session_id, occurred_at);
--> statement-breakpoint
-- Catches rows of months that nobody made a partition for; make_audit_partitions moves them out again.
create table operations.audit_logs_default partition of operations.audit_logs default;
--> statement-breakpoint
alter table operations.audit_logs enable row level security;
--> statement-breakpoint
alter table operations.audit_logs force row level security;
--> statement-breakpoint
create policy written_by_triggers on operations.audit_logs for insert to nestegg_owner with check (true);
--> statement-breakpoint
create policy own_rows_readable on operations.audit_logs for select to nestegg_write, nestegg_read using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy all_rows_readable on operations.audit_logs for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on operations.audit_logs to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- Makes the monthly partitions from the current month to `months_ahead` months on, moving strays out of the default partition.
-- Returns the names of those it made; safe to repeat.
create function operations.make_audit_partitions(months_ahead integer) returns text[]
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  first_day date;
  partition_name text;
  made text[] := '{}';
begin
  perform pg_advisory_xact_lock(hashtext('operations.make_audit_partitions'));
  for first_day in
    select generate_series(date_trunc('month', now()), date_trunc('month', now()) + make_interval(months => months_ahead), interval '1 month')::date
  loop
    partition_name := 'audit_logs_' || to_char(first_day, 'YYYY_MM');
    continue when to_regclass('operations.' || partition_name) is not null;
    execute format('create table operations.%I (like operations.audit_logs including defaults including constraints)', partition_name);
    execute format('with strays as (delete from operations.audit_logs_default where occurred_at >= %L and occurred_at < %L returning *)
      insert into operations.%I select * from strays', first_day, first_day + interval '1 month', partition_name);
    execute format('alter table operations.audit_logs attach partition operations.%I for values from (%L) to (%L)',
      partition_name, first_day, (first_day + interval '1 month')::date);
    made := made || partition_name;
  end loop;
  return made;
end
$$;
--> statement-breakpoint
select operations.make_audit_partitions(3);
--> statement-breakpoint
grant execute on function operations.make_audit_partitions(integer) to nestegg_operator;
--> statement-breakpoint
grant select, insert, update, delete on operations.job_runs to nestegg_operator;
--> statement-breakpoint
select operations.protect_table('operations.idempotency_keys', audited => false, stamped => false);
--> statement-breakpoint
create policy expired_rows_removed on operations.idempotency_keys to nestegg_operator using (expires_at < now());
--> statement-breakpoint
grant select, delete on operations.idempotency_keys to nestegg_operator;
--> statement-breakpoint
select operations.protect_table('identity.users', owner_column => 'id');
--> statement-breakpoint
-- A user may change what is theirs to say, never their role, their address or what Cognito mirrors.
revoke insert, update, delete on identity.users from nestegg_write;
--> statement-breakpoint
grant update (first_name, last_name, company, title, license_number, version) on identity.users to nestegg_write;
--> statement-breakpoint
create policy provisioned_and_mirrored on identity.users to nestegg_owner using (true) with check (true);
--> statement-breakpoint
create policy all_rows_readable on identity.users for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on identity.users to nestegg_operator;
--> statement-breakpoint
select operations.protect_table('identity.preferences');
--> statement-breakpoint
create policy provisioned on identity.preferences for insert to nestegg_owner with check (true);
--> statement-breakpoint
select operations.protect_table('identity.households');
--> statement-breakpoint
select operations.protect_table('planning.capital_market_assumptions', shared_reference => true, unaudited_columns => array['assumptions']);
--> statement-breakpoint
select operations.protect_table('planning.portfolio_models', shared_reference => true);
--> statement-breakpoint
select operations.protect_table('planning.plans');
--> statement-breakpoint
select operations.protect_table('planning.plan_inputs');
--> statement-breakpoint
select operations.protect_table('planning.runs', unaudited_columns => array['specification', 'result']);
--> statement-breakpoint
select operations.protect_table('planning.plan_outputs', unaudited_columns => array['output_value']);
--> statement-breakpoint
grant select on market.return_datasets, market.annual_returns to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant insert on market.return_datasets, market.annual_returns to nestegg_operator;
--> statement-breakpoint
create trigger stamp_row before insert or update on market.return_datasets for each row execute function operations.stamp_row();
--> statement-breakpoint
-- First statement of every request's transaction. Makes the user known to row-level security and the audit trail, provisioning
-- them on their first authenticated request. Values are transaction-local, and set inside a function, so RDS Proxy need not pin.
--   request: { subject?, requestId, route, sessionId?, ipAddress?, userAgent? }; without a subject the transaction has no user.
create function operations.begin_request(request jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  subject text := request ->> 'subject';
  person identity.users;
begin
  perform set_config('nestegg.request', request::text, true);
  perform set_config('nestegg.user_id', '', true);
  if subject is null then
    return null;
  end if;
  select * into person from identity.users where cognito_sub = subject;
  if person.id is null then
    insert into identity.users (cognito_sub) values (subject) on conflict (cognito_sub) do nothing;
    select * into person from identity.users where cognito_sub = subject;
    perform set_config('nestegg.user_id', person.id::text, true);
    insert into identity.preferences (user_id) values (person.id) on conflict do nothing;
  end if;
  perform set_config('nestegg.user_id', person.id::text, true);
  return jsonb_build_object('id', person.id, 'role', person.role, 'isActive', person.is_active);
end
$$;
--> statement-breakpoint
grant execute on function operations.begin_request(jsonb) to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- Mirrors what Cognito just said about a person. One JSON document in, one out, so that the Data API needs one statement.
--   event: { kind: 'signed-up' | 'confirmed' | 'signed-in' | 'sign-in-failed' | 'locked-out' | 'password-changed' | 'mfa-changed',
--            subject?, email?, emailVerified?, firstName?, lastName?, mfaEnabled?, request? }
-- A failure for an address nobody has leaves no trace, so it tells nothing either.
create function identity.record_identity_event(event jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  kind text := event ->> 'kind';
  subject text := event ->> 'subject';
  address text := event ->> 'email';
  person identity.users;
begin
  perform set_config('nestegg.request', coalesce(event -> 'request', '{}')::text, true);
  if subject is not null and kind in ('signed-up', 'signed-in') then
    insert into identity.users (cognito_sub) values (subject) on conflict (cognito_sub) do nothing;
    -- An address freed in Cognito and taken by another person there belongs to that person here too.
    update identity.users set email = null, email_verified = false where lower(email) = lower(address) and cognito_sub <> subject;
  end if;
  select * into person from identity.users
  where (subject is not null and cognito_sub = subject) or (subject is null and lower(email) = lower(address));
  if person.id is null then
    return jsonb_build_object('userId', null);
  end if;
  perform set_config('nestegg.user_id', person.id::text, true);
  insert into identity.preferences (user_id) values (person.id) on conflict do nothing;
  case kind
    when 'signed-up' then
      update identity.users set email = address, first_name = coalesce(event ->> 'firstName', first_name), last_name = coalesce(event ->> 'lastName', last_name)
      where id = person.id;
    when 'confirmed' then
      update identity.users set email_verified = true where id = person.id;
    when 'signed-in' then
      update identity.users
      set email = coalesce(address, email), email_verified = coalesce((event ->> 'emailVerified')::boolean, email_verified),
        mfa_enabled = coalesce((event ->> 'mfaEnabled')::boolean, mfa_enabled), failed_sign_in_count = 0, locked_until = null, last_sign_in_at = now()
      where id = person.id;
    when 'sign-in-failed' then
      update identity.users set failed_sign_in_count = failed_sign_in_count + 1 where id = person.id;
    when 'locked-out' then
      -- Cognito does not say for how long; it doubles from one second, to about fifteen minutes.
      update identity.users
      set failed_sign_in_count = failed_sign_in_count + 1,
        locked_until = now() + least(interval '15 minutes', make_interval(secs => 2 ^ least(greatest(failed_sign_in_count - 5, 0), 10)))
      where id = person.id;
    when 'password-changed' then
      update identity.users set password_changed_at = now(), failed_sign_in_count = 0, locked_until = null where id = person.id;
    when 'mfa-changed' then
      update identity.users set mfa_enabled = (event ->> 'mfaEnabled')::boolean where id = person.id;
    else
      raise exception 'unknown identity event %', kind using errcode = 'invalid_parameter_value';
  end case;
  return jsonb_build_object('userId', person.id);
end
$$;
--> statement-breakpoint
grant execute on function identity.record_identity_event(jsonb) to nestegg_functions;
