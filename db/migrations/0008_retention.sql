CREATE TABLE "operations"."legal_holds" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid,
	"household_id" uuid,
	"reason" text NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"placed_by" uuid,
	"released_at" timestamp with time zone,
	"released_by" uuid,
	CONSTRAINT "legal_holds_of_one_owner" CHECK (num_nonnulls("operations"."legal_holds"."user_id", "operations"."legal_holds"."household_id") = 1)
);
--> statement-breakpoint
CREATE TABLE "operations"."retention_archives" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"run_id" uuid NOT NULL,
	"policy_name" text NOT NULL,
	"table_name" text NOT NULL,
	"object_key" text NOT NULL,
	"data_key" "bytea" NOT NULL,
	"row_count" bigint NOT NULL,
	"content_bytes" bigint NOT NULL,
	"content_sha256" text NOT NULL,
	"object_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"restored_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "operations"."data_retention_policies" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"table_name" text NOT NULL,
	"conditions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"retention_period_days" integer NOT NULL,
	"action" text DEFAULT 'delete' NOT NULL,
	"schedule_cron" text NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"last_executed" timestamp with time zone,
	"next_execution" timestamp with time zone,
	"records_processed" bigint DEFAULT 0 NOT NULL,
	"last_execution_duration_ms" integer,
	"last_execution_status" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "data_retention_policies_action_known" CHECK ("operations"."data_retention_policies"."action" in ('delete', 'archive', 'anonymize')),
	CONSTRAINT "data_retention_policies_status_known" CHECK ("operations"."data_retention_policies"."last_execution_status" in ('success', 'failed', 'partial')),
	CONSTRAINT "data_retention_policies_period_positive" CHECK ("operations"."data_retention_policies"."retention_period_days" > 0)
);
--> statement-breakpoint
CREATE TABLE "operations"."retention_runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"policy_id" uuid NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"cutoff" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'running' NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"records_processed" bigint DEFAULT 0 NOT NULL,
	"batches" integer DEFAULT 0 NOT NULL,
	"partitions_dropped" integer DEFAULT 0 NOT NULL,
	"error" text,
	CONSTRAINT "retention_runs_status_known" CHECK ("operations"."retention_runs"."status" in ('running', 'success', 'partial', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "operations"."legal_holds" ADD CONSTRAINT "legal_holds_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations"."retention_runs" ADD CONSTRAINT "retention_runs_policy_id_data_retention_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "operations"."data_retention_policies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "legal_holds_user" ON "operations"."legal_holds" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "legal_holds_household" ON "operations"."legal_holds" USING btree ("household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "retention_archives_object_key" ON "operations"."retention_archives" USING btree ("object_key");--> statement-breakpoint
CREATE INDEX "retention_archives_run" ON "operations"."retention_archives" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "data_retention_policies_name_key" ON "operations"."data_retention_policies" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "retention_runs_policy_time_key" ON "operations"."retention_runs" USING btree ("policy_id","scheduled_for");
--> statement-breakpoint
select operations.guard_table('operations.data_retention_policies');
--> statement-breakpoint
create policy maintained_by_operators on operations.data_retention_policies to nestegg_operator using (true) with check (true);
--> statement-breakpoint
-- The default policies are reference data.
create policy defaults_loaded on operations.data_retention_policies to nestegg_owner using (true) with check (true);
--> statement-breakpoint
grant select, insert, delete, update (name, description, is_active, conditions, retention_period_days, action, schedule_cron, timezone, last_executed,
  next_execution, records_processed, last_execution_duration_ms, last_execution_status, version) on operations.data_retention_policies to nestegg_operator;
--> statement-breakpoint
-- A hold is placed, and released once. It is not audited: owners of a household read its audit rows, and a hold can concern them. The row says who.
select operations.guard_table('operations.legal_holds', audited => false, stamped => false);
--> statement-breakpoint
create policy readable on operations.legal_holds for select to nestegg_operator, nestegg_owner using (true);
--> statement-breakpoint
create policy placed on operations.legal_holds for insert to nestegg_operator with check (released_at is null);
--> statement-breakpoint
create policy released_once on operations.legal_holds for update to nestegg_operator using (released_at is null) with check (released_at is not null);
--> statement-breakpoint
grant select, insert, update (released_at, released_by) on operations.legal_holds to nestegg_operator;
--> statement-breakpoint
-- In place of a foreign key: a released hold stays when its household is erased.
create function operations.require_household() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform from identity.households where id = new.household_id for key share;
  if not found then
    raise exception 'There is no such household.' using errcode = 'foreign_key_violation', constraint = tg_name;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create constraint trigger legal_holds_household_known after insert on operations.legal_holds
  for each row when (new.household_id is not null) execute function operations.require_household();
--> statement-breakpoint
select operations.guard_table('operations.retention_runs', audited => false, stamped => false);
--> statement-breakpoint
create policy recorded_by_retention on operations.retention_runs to nestegg_operator using (true) with check (true);
--> statement-breakpoint
grant select, insert, update (status, finished_at, records_processed, batches, partitions_dropped, error) on operations.retention_runs to nestegg_operator;
--> statement-breakpoint
select operations.guard_table('operations.retention_archives', audited => false, stamped => false);
--> statement-breakpoint
create policy recorded_by_retention on operations.retention_archives to nestegg_operator using (true) with check (true);
--> statement-breakpoint
-- An operator restores an archive as the owner.
create policy restored on operations.retention_archives to nestegg_owner using (true) with check (true);
--> statement-breakpoint
grant select, insert on operations.retention_archives to nestegg_operator;
--> statement-breakpoint
-- The first statement of a transaction of retention: it reaches the rows of everybody, in the tables that are opened to it, except those under a hold.
create function operations.begin_retention(request jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.begin_as('retention', operations.uuid_v7(), request);
end
$$;
--> statement-breakpoint
create function operations.is_retention() returns boolean
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  signing_key constant bytea := (select key from operations.identity_key);
begin
  return operations.signed_id(signing_key, 'retention') is not null;
end
$$;
--> statement-breakpoint
create function operations.held_user_ids() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
begin
  return (select coalesce(array_agg(user_id), '{}') from operations.legal_holds where released_at is null and user_id is not null);
end
$$;
--> statement-breakpoint
-- Also the households of which a held person is a member: what they did there is in rows of the household.
create function operations.held_household_ids() returns uuid[]
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
begin
  return (select coalesce(array_agg(household_id), '{}') from (
    select household_id from operations.legal_holds where released_at is null and household_id is not null
    union
    select m.household_id from identity.household_members m join operations.legal_holds h on h.user_id = m.user_id where h.released_at is null) held);
end
$$;
--> statement-breakpoint
grant execute on function operations.begin_retention(jsonb), operations.is_retention(), operations.held_user_ids(), operations.held_household_ids()
  to nestegg_operator;
--> statement-breakpoint
-- Opens a table to transactions of retention, with policies that refuse every row under a legal hold, whatever the code does. The caller grants.
--   person_column, household_column: the owners in the lifecycle of the table; null where there is none
create function operations.open_to_retention(target regclass, person_column text default null, household_column text default null,
  anonymizes boolean default false) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  free text := '(select operations.is_retention())'
    || coalesce(' and (' || quote_ident(person_column) || ' = any ((select operations.held_user_ids())::uuid[])) is not true', '')
    || coalesce(' and (' || quote_ident(household_column) || ' = any ((select operations.held_household_ids())::uuid[])) is not true', '');
begin
  execute format('create policy retention_reads on %s for select to nestegg_operator using ((select operations.is_retention()))', target);
  execute format('create policy retention_deletes on %s for delete to nestegg_operator using (%s)', target, free);
  if anonymizes then
    execute format('create policy retention_anonymizes on %s for update to nestegg_operator using (%s) with check (%s)', target, free, free);
  end if;
end
$$;
--> statement-breakpoint
select operations.open_to_retention('identity.household_invitations', null, 'household_id', anonymizes => true),
  operations.open_to_retention('operations.idempotency_keys', 'user_id'),
  operations.open_to_retention('planning.runs', null, 'household_id'),
  operations.open_to_retention('planning.plan_outputs', null, 'household_id'),
  operations.open_to_retention('planning.run_shards', null, 'household_id'),
  operations.open_to_retention('operations.system_events');
--> statement-breakpoint
-- Jobs for the whole platform record runs of every household, so their policy already covers removal, except under a hold.
create policy not_under_a_hold on operations.household_job_runs as restrictive for delete to nestegg_operator
  using (household_id <> all ((select operations.held_household_ids())::uuid[]));
--> statement-breakpoint
create policy not_under_a_hold on operations.idempotency_keys as restrictive for delete to nestegg_operator
  using (user_id <> all ((select operations.held_user_ids())::uuid[]));
--> statement-breakpoint
-- A restored archive.
create policy restored on operations.household_job_runs for insert to nestegg_owner with check (true);
--> statement-breakpoint
grant delete, update (email) on identity.household_invitations to nestegg_operator;
--> statement-breakpoint
grant delete on operations.household_job_runs, operations.job_runs, operations.system_events, planning.runs, planning.plan_outputs,
  planning.run_shards to nestegg_operator;
--> statement-breakpoint
-- Removes a whole month of the audit trail for retention: see operations.drop_audit_month. It refuses a month with a row that
-- must be kept longer, or that is under a legal hold.
create function operations.remove_audit_month(first_day date) returns void
language plpgsql security definer set search_path = pg_catalog set timezone = 'UTC' as $$
declare
  partition constant text := 'audit_logs_' || to_char(first_day, 'YYYY_MM');
  refused text;
begin
  if not operations.is_retention() then
    raise exception 'Only retention removes months of the audit trail.' using errcode = 'insufficient_privilege';
  end if;
  if to_regclass('operations.' || partition) is null then
    return;
  end if;
  execute format($sql$
    select case when retention_until > now() then 'must be kept until ' || retention_until::date else 'is under a legal hold' end
    from operations.%I where retention_until > now() or user_id = any (operations.held_user_ids())
      or household_id = any (operations.held_household_ids()) limit 1$sql$, partition) into refused;
  if refused is not null then
    raise exception 'The audit trail of % has a row that %.', to_char(first_day, 'YYYY-MM'), refused using errcode = 'check_violation';
  end if;
  perform operations.drop_audit_month(jsonb_build_object('month', to_char(first_day, 'YYYY-MM'), 'keepMonths', 1));
end
$$;
--> statement-breakpoint
grant execute on function operations.remove_audit_month(date) to nestegg_operator;
