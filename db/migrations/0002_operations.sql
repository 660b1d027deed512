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
-- The audit trail.
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
alter table operations.audit_logs enable row level security;
--> statement-breakpoint
alter table operations.audit_logs force row level security;
--> statement-breakpoint
create policy written_by_triggers on operations.audit_logs for insert to nestegg_owner with check (true);
--> statement-breakpoint
-- Users can read the audit rows with their own id as user. Owners of a household can also read those of all rows that belong to it.
create policy own_rows_readable on operations.audit_logs for select to nestegg_write, nestegg_read
  using (user_id = (select operations.current_user_id()) or household_id = any ((select operations.owned_household_ids())::uuid[]));
--> statement-breakpoint
create policy all_rows_readable on operations.audit_logs for select to nestegg_operator using (true);
--> statement-breakpoint
grant select on operations.audit_logs to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
-- Makes the monthly partitions from the current month to `months_ahead` months later, and moves their rows out of the default partition.
-- Returns the names of the new partitions. Safe to repeat.
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
    execute format('with strays as (delete from operations.audit_logs_default where timestamp >= %L and timestamp < %L returning *)
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
select operations.protect_table('operations.idempotency_keys', 'person', audited => false, stamped => false);
--> statement-breakpoint
grant insert, delete, update (status, headers, body) on operations.idempotency_keys to nestegg_write;
--> statement-breakpoint
create policy expired_rows_removed on operations.idempotency_keys to nestegg_operator using (expires_at < now());
--> statement-breakpoint
grant select, delete on operations.idempotency_keys to nestegg_operator;
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
