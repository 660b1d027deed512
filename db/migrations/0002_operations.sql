CREATE TABLE "operations"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" char(64) NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() + interval '24 hours' NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","route","key")
);
--> statement-breakpoint
CREATE TABLE "operations"."household_job_runs" (
	"job" text NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"household_id" uuid NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"result" jsonb,
	"error" text,
	CONSTRAINT "household_job_runs_pkey" PRIMARY KEY("job","scheduled_for","household_id"),
	CONSTRAINT "household_job_runs_status_known" CHECK ("operations"."household_job_runs"."status" in ('succeeded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "operations"."job_runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"job" text NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	"error" text,
	CONSTRAINT "job_runs_status_known" CHECK ("operations"."job_runs"."status" in ('running', 'succeeded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "operations"."operator_commands" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"request_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"caller" text NOT NULL,
	"caller_id" text,
	"access_key_id" text,
	"source_ip" text,
	"command" text NOT NULL,
	"arguments" jsonb NOT NULL,
	"outcome" text,
	"error" text,
	CONSTRAINT "operator_commands_outcome_known" CHECK ("operations"."operator_commands"."outcome" in ('succeeded', 'failed')),
	CONSTRAINT "operator_commands_finished_with_outcome" CHECK (("operations"."operator_commands"."finished_at" is null) = ("operations"."operator_commands"."outcome" is null))
);
--> statement-breakpoint
ALTER TABLE "operations"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations"."household_job_runs" ADD CONSTRAINT "household_job_runs_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry" ON "operations"."idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "household_job_runs_household" ON "operations"."household_job_runs" USING btree ("household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "job_runs_job_time_key" ON "operations"."job_runs" USING btree ("job","scheduled_for");--> statement-breakpoint
CREATE UNIQUE INDEX "operator_commands_request_key" ON "operations"."operator_commands" USING btree ("request_id");
--> statement-breakpoint
-- The audit trail. What can hold personal data is erasable: session_id, ip_address, user_agent, old_values, new_values, metadata. The chain of
-- seals covers the other columns and values_digest, a digest of the erasable ones with a random salt. So the values can be erased without
-- breaking the chain, and cannot be guessed from the digest once the salt is erased too.
create table operations.audit_logs (
  id uuid not null default operations.uuid_v7(),
  timestamp timestamptz not null default now(),
  user_id uuid,
  household_id uuid,
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
  values_salt bytea,
  values_digest bytea not null,
  -- The audit row that records the erasure of this row's values.
  erased_by uuid,
  primary key (id, timestamp)
) partition by range (timestamp);
--> statement-breakpoint
create index audit_logs_user_action on operations.audit_logs (user_id, id);
--> statement-breakpoint
create index audit_logs_household on operations.audit_logs (household_id, id);
--> statement-breakpoint
create index audit_logs_resource on operations.audit_logs (resource_type, resource_id);
--> statement-breakpoint
create index audit_logs_timestamp on operations.audit_logs (timestamp);
--> statement-breakpoint
create index audit_logs_session_time on operations.audit_logs (session_id, timestamp);
--> statement-breakpoint
-- Holds rows of months that have no partition. make_audit_partitions moves them to new partitions.
create table operations.audit_logs_default partition of operations.audit_logs default;
--> statement-breakpoint
-- The committed rows that no seal holds yet. It has no index, so that writers never wait for each other.
create table operations.unsealed_audit_rows (id uuid not null, timestamp timestamptz not null);
--> statement-breakpoint
create function operations.audit_values_digest(salt bytea, session_id text, ip_address text, user_agent text, old_values jsonb, new_values jsonb,
  metadata jsonb) returns bytea
language sql stable parallel safe
return sha256(salt || convert_to(json_build_array(session_id, ip_address, user_agent, old_values, new_values, metadata)::text, 'UTF8'));
--> statement-breakpoint
create function operations.complete_audit_row() returns trigger
language plpgsql set search_path = pg_catalog as $$
begin
  new.values_salt := uuid_send(gen_random_uuid());
  new.values_digest := operations.audit_values_digest(new.values_salt, new.session_id, new.ip_address, new.user_agent, new.old_values, new.new_values,
    new.metadata);
  insert into operations.unsealed_audit_rows values (new.id, new.timestamp);
  return new;
end
$$;
--> statement-breakpoint
-- A row with a digest is one that a restore brings back, together with its seal or its place among the unsealed rows.
create trigger complete_row before insert on operations.audit_logs
  for each row when (new.values_digest is null) execute function operations.complete_audit_row();
--> statement-breakpoint
-- The audit trail is append-only for everybody, also for its owner. Only the functions that erase values, move strays and seal open a path for
-- their own changes: a setting of the transaction, signed like its identity. They close it before they end.
create function operations.open_audit_path(path text) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  perform set_config('nestegg.audit_path', path || ':' || operations.identity_signature(key, 'audit path', path, ''), true)
  from operations.identity_key;
end
$$;
--> statement-breakpoint
create function operations.close_audit_path() returns void
language plpgsql set search_path = pg_catalog as $$
begin
  perform set_config('nestegg.audit_path', '', true);
end
$$;
--> statement-breakpoint
create function operations.has_audit_path(variadic paths text[]) returns boolean
language plpgsql stable set search_path = pg_catalog as $$
declare
  path constant text := split_part(current_setting('nestegg.audit_path', true), ':', 1);
begin
  return path = any (paths) and split_part(current_setting('nestegg.audit_path', true), ':', 2)
    = (select operations.identity_signature(key, 'audit path', path, '') from operations.identity_key);
end
$$;
--> statement-breakpoint
-- Trigger arguments: the paths on which rows may be changed.
create function operations.refuse_audit_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if operations.has_audit_path(variadic coalesce(tg_argv, '{}')) is not true then
    raise exception 'The audit trail is append-only: % of %.% is refused.', tg_op, tg_table_schema, tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
--> statement-breakpoint
create function operations.make_append_only(target regclass, paths text[]) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  execute format('create trigger append_only before update or delete on %s for each statement execute function operations.refuse_audit_change(%s)', target,
    (select coalesce(string_agg(quote_literal(path), ', '), '') from unnest(paths) as path));
  execute format('create trigger never_truncated before truncate on %s for each statement execute function operations.refuse_audit_change()', target);
end
$$;
--> statement-breakpoint
select operations.make_append_only('operations.audit_logs', '{erasure}');
--> statement-breakpoint
select operations.make_append_only('operations.audit_logs_default', '{erasure, strays}');
--> statement-breakpoint
select operations.make_append_only('operations.unsealed_audit_rows', '{sealing}');
--> statement-breakpoint
alter table operations.audit_logs enable row level security;
--> statement-breakpoint
alter table operations.audit_logs force row level security;
--> statement-breakpoint
create policy written_by_triggers on operations.audit_logs for insert to nestegg_owner with check (true);
--> statement-breakpoint
create policy read_on_paths on operations.audit_logs for select to nestegg_owner using ((select operations.has_audit_path('sealing', 'erasure', 'removal')));
--> statement-breakpoint
create policy erased_on_path on operations.audit_logs for update to nestegg_owner using ((select operations.has_audit_path('erasure')));
--> statement-breakpoint
create policy rows_checked on operations.audit_logs for select to nestegg_owner using ((select operations.is_checking()));
--> statement-breakpoint
-- Users can read the audit rows with their own id as user. Owners of a household can also read those of all rows that belong to it.
create policy own_rows_readable on operations.audit_logs for select to nestegg_write, nestegg_read
  using (user_id = (select operations.current_user_id()) or household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy all_rows_readable on operations.audit_logs for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on operations.audit_logs to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
grant select on operations.unsealed_audit_rows to nestegg_operator;
--> statement-breakpoint
-- Makes the monthly partitions from the current month to `months_ahead` months later, and those of rows in the default partition, and moves
-- these rows there.
-- Returns the names of the new partitions. Safe to repeat.
create function operations.make_audit_partitions(months_ahead integer) returns text[]
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  first_day date;
  partition_name text;
  made text[] := '{}';
begin
  perform pg_advisory_xact_lock(hashtext('operations.make_audit_partitions'));
  perform operations.open_audit_path('strays');
  for first_day in
    select generate_series(date_trunc('month', now()), date_trunc('month', now()) + make_interval(months => months_ahead), interval '1 month')::date
    union select date_trunc('month', timestamp)::date from operations.audit_logs_default order by 1
  loop
    partition_name := 'audit_logs_' || to_char(first_day, 'YYYY_MM');
    continue when to_regclass('operations.' || partition_name) is not null;
    execute format('create table operations.%I (like operations.audit_logs including defaults including constraints)', partition_name);
    execute format('with strays as (delete from operations.audit_logs_default where timestamp >= %L and timestamp < %L returning *)
      insert into operations.%I select * from strays', first_day, first_day + interval '1 month', partition_name);
    execute format('alter table operations.audit_logs attach partition operations.%I for values from (%L) to (%L)',
      partition_name, first_day, (first_day + interval '1 month')::date);
    perform operations.make_append_only(format('operations.%I', partition_name)::regclass, '{erasure}');
    made := made || partition_name;
  end loop;
  perform operations.close_audit_path();
  return made;
end
$$;
--> statement-breakpoint
select operations.make_audit_partitions(3);
--> statement-breakpoint
grant execute on function operations.make_audit_partitions(integer) to nestegg_operator;
--> statement-breakpoint
select operations.protect_table('operations.idempotency_keys', 'person', audited => false, stamped => false);
--> statement-breakpoint
grant insert, delete, update (status, headers, body) on operations.idempotency_keys to nestegg_write;
--> statement-breakpoint
create policy expired_rows_removed on operations.idempotency_keys to nestegg_operator using (expires_at < now());
--> statement-breakpoint
-- Administrators send keys too.
create policy own_rows_of_administrators on operations.idempotency_keys to nestegg_operator
  using (user_id = (select operations.current_user_id())) with check (user_id = (select operations.current_user_id()));
--> statement-breakpoint
grant select, insert, delete, update (status, headers, body) on operations.idempotency_keys to nestegg_operator;
--> statement-breakpoint
grant select, insert, update (status, started_at, finished_at, result, error) on operations.job_runs to nestegg_operator;
--> statement-breakpoint
select operations.guard_table('operations.household_job_runs', audited => false, stamped => false);
--> statement-breakpoint
create policy recorded_by_jobs on operations.household_job_runs to nestegg_operator using (true) with check (true);
--> statement-breakpoint
grant select, insert, update (status, started_at, finished_at, result, error) on operations.household_job_runs to nestegg_operator;
--> statement-breakpoint
-- Rows are added, and finished once. Nobody changes or removes them afterwards, not even with a mistake in the code.
select operations.guard_table('operations.operator_commands', audited => false, stamped => false);
--> statement-breakpoint
create policy readable on operations.operator_commands for select to nestegg_operator using (true);
--> statement-breakpoint
create policy added on operations.operator_commands for insert to nestegg_operator with check (finished_at is null and started_at = now());
--> statement-breakpoint
create policy finished_once on operations.operator_commands for update to nestegg_operator
  using (finished_at is null) with check (finished_at >= started_at);
--> statement-breakpoint
grant select, insert, update (finished_at, outcome, error) on operations.operator_commands to nestegg_operator;
--> statement-breakpoint
-- One page of household ids in ascending order: the ids after the given one, or from the first one if it is null.
create function operations.list_household_ids(after uuid, page_size integer) returns setof uuid
language sql stable security definer set search_path = pg_catalog as $$
  select id from identity.households where after is null or id > after order by id limit page_size
$$;
--> statement-breakpoint
-- The first statement of a job's transaction for one household. The transaction may read and write the rows of that household, and has no
-- user. Possible only once in a transaction, like operations.begin_request.
--   request: { householdId, requestId, route }
create function operations.begin_household_work(request jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_as('household', (request ->> 'householdId')::uuid, request);
end
$$;
--> statement-breakpoint
grant execute on function operations.list_household_ids(uuid, integer), operations.begin_household_work(jsonb) to nestegg_operator;
--> statement-breakpoint
-- One part of an answer. The Data API carries at most 64 KB per answer: 45,000 bytes are 60,000 in base64.
create function operations.part_of(content bytea, from_byte integer) returns jsonb
language sql immutable set search_path = pg_catalog as $$
  select jsonb_build_object('sizeBytes', octet_length(content), 'sha256', encode(sha256(content), 'hex'),
    'part', translate(encode(substring(content from from_byte + 1 for 45000), 'base64'), E'\n', ''))
$$;
--> statement-breakpoint
-- Lets the transaction act for the user who queued a run. The caller has the user's id from that run.
--   document: { userId, request: { requestId, route } }
create function operations.act_for(document jsonb) returns void
language plpgsql set search_path = pg_catalog as $$
begin
  perform operations.begin_as('user', (document ->> 'userId')::uuid, document -> 'request');
end
$$;
