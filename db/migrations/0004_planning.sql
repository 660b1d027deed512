CREATE TABLE "planning"."capital_market_assumptions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid,
	"version" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"effective_date" date NOT NULL,
	"effective_until" date,
	"assumptions" jsonb NOT NULL,
	"source" text,
	"methodology" text,
	"review_date" date,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "capital_market_assumptions_status_known" CHECK ("planning"."capital_market_assumptions"."status" in ('draft', 'in_review', 'approved', 'retired')),
	CONSTRAINT "capital_market_assumptions_effective_in_order" CHECK ("planning"."capital_market_assumptions"."effective_until" >= "planning"."capital_market_assumptions"."effective_date")
);
--> statement-breakpoint
CREATE TABLE "planning"."portfolio_models" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid,
	"cma_id" uuid NOT NULL,
	"name" text NOT NULL,
	"risk_level" smallint NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"asset_allocation" jsonb NOT NULL,
	"expected_return" numeric(6, 5) NOT NULL,
	"volatility" numeric(6, 5) NOT NULL,
	"sharpe_ratio" numeric(7, 4),
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "portfolio_models_risk_level" CHECK ("planning"."portfolio_models"."risk_level" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "planning"."plan_inputs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"input_type" text NOT NULL,
	"input_name" text NOT NULL,
	"schema_version" smallint DEFAULT 1 NOT NULL,
	"input_value" jsonb NOT NULL,
	"validation_rules" jsonb,
	"data_source" text DEFAULT 'user_input' NOT NULL,
	"confidence_score" numeric(3, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"superseded_by" uuid,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plan_inputs_confidence" CHECK ("planning"."plan_inputs"."confidence_score" between 0 and 1),
	CONSTRAINT "plan_inputs_source_known" CHECK ("planning"."plan_inputs"."data_source" in ('user_input', 'imported', 'calculated'))
);
--> statement-breakpoint
CREATE TABLE "planning"."plans" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"parent_plan_id" uuid,
	"cma_id" uuid NOT NULL,
	"portfolio_model_id" uuid NOT NULL,
	"monte_carlo_iterations" integer DEFAULT 10000 NOT NULL,
	"random_seed" bigint NOT NULL,
	"planning_horizon_years" smallint NOT NULL,
	"steps_per_year" smallint DEFAULT 1 NOT NULL,
	"as_of_date" date NOT NULL,
	"confidence_level" numeric(3, 2) DEFAULT '0.95' NOT NULL,
	"last_run_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"category" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plans_status_known" CHECK ("planning"."plans"."status" in ('draft', 'active', 'archived')),
	CONSTRAINT "plans_horizon" CHECK ("planning"."plans"."planning_horizon_years" between 1 and 100),
	CONSTRAINT "plans_steps" CHECK ("planning"."plans"."steps_per_year" in (1, 12)),
	CONSTRAINT "plans_iterations" CHECK ("planning"."plans"."monte_carlo_iterations" between 100 and 100000),
	CONSTRAINT "plans_confidence" CHECK ("planning"."plans"."confidence_level" between 0.5 and 0.99),
	CONSTRAINT "plans_not_its_own_parent" CHECK ("planning"."plans"."parent_plan_id" is distinct from "planning"."plans"."id")
);
--> statement-breakpoint
CREATE TABLE "planning"."plan_outputs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"output_type" text NOT NULL,
	"output_name" text NOT NULL,
	"output_value" jsonb NOT NULL,
	"computation_time_ms" integer,
	"algorithm_version" text NOT NULL,
	"confidence_interval_lower" numeric(20, 6),
	"confidence_interval_upper" numeric(20, 6),
	"standard_deviation" numeric(20, 6),
	"version" integer DEFAULT 1 NOT NULL,
	"depends_on_inputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"depends_on_outputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"record_hash" char(64),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "planning"."run_shards" (
	"household_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"shard_index" integer NOT NULL,
	"from_path" integer NOT NULL,
	"to_path" integer NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"checksum" char(64),
	"computation_time_ms" integer,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "run_shards_pkey" PRIMARY KEY("run_id","shard_index"),
	CONSTRAINT "run_shards_status_known" CHECK ("planning"."run_shards"."status" in ('queued', 'running', 'succeeded')),
	CONSTRAINT "run_shards_paths" CHECK ("planning"."run_shards"."from_path" < "planning"."run_shards"."to_path"),
	CONSTRAINT "run_shards_result_of_success" CHECK (("planning"."run_shards"."status" = 'succeeded') = ("planning"."run_shards"."checksum" is not null and "planning"."run_shards"."computation_time_ms" is not null and "planning"."run_shards"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "planning"."runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"plan_version" integer NOT NULL,
	"status" text NOT NULL,
	"specification" jsonb NOT NULL,
	"provenance" jsonb NOT NULL,
	"engine_version" text NOT NULL,
	"random_seed" bigint NOT NULL,
	"path_count" integer NOT NULL,
	"shard_count" integer NOT NULL,
	"input_hash" char(64) NOT NULL,
	"output_hash" char(64),
	"result" jsonb,
	"computation_time_ms" integer,
	"error" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"last_verified_at" timestamp with time zone,
	"last_verification_matched" boolean,
	"record_hash" char(64),
	"verifies_run_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "runs_status_known" CHECK ("planning"."runs"."status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
	CONSTRAINT "runs_result_of_success" CHECK (("planning"."runs"."status" = 'succeeded') = ("planning"."runs"."output_hash" is not null and "planning"."runs"."result" is not null and "planning"."runs"."computation_time_ms" is not null)),
	CONSTRAINT "runs_finished_at_end" CHECK (("planning"."runs"."status" in ('queued', 'running')) = ("planning"."runs"."finished_at" is null))
);
--> statement-breakpoint
CREATE TABLE "planning"."plan_versions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"change" text NOT NULL,
	"from_version" integer,
	"state" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plan_versions_change_known" CHECK ("planning"."plan_versions"."change" in ('created', 'updated', 'input_added', 'input_replaced', 'input_removed', 'restored', 'rolled_forward', 'branched'))
);
--> statement-breakpoint
-- These indexes come before the foreign keys that need them.
CREATE UNIQUE INDEX "plans_id_household_key" ON "planning"."plans" USING btree ("id","household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_inputs_id_household_key" ON "planning"."plan_inputs" USING btree ("id","household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_id_household_key" ON "planning"."runs" USING btree ("id","household_id");--> statement-breakpoint
-- The order matters: a deletion cascades from a household first to its plans, then to the rows to which the plans refer.
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."portfolio_models" ADD CONSTRAINT "portfolio_models_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD CONSTRAINT "capital_market_assumptions_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."portfolio_models" ADD CONSTRAINT "portfolio_models_cma_id_capital_market_assumptions_id_fk" FOREIGN KEY ("cma_id") REFERENCES "planning"."capital_market_assumptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_inputs" ADD CONSTRAINT "plan_inputs_superseded_by_fk" FOREIGN KEY ("superseded_by","household_id") REFERENCES "planning"."plan_inputs"("id","household_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_inputs" ADD CONSTRAINT "plan_inputs_plan_fk" FOREIGN KEY ("plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_parent_fk" FOREIGN KEY ("parent_plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_cma_id_capital_market_assumptions_id_fk" FOREIGN KEY ("cma_id") REFERENCES "planning"."capital_market_assumptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_portfolio_model_id_portfolio_models_id_fk" FOREIGN KEY ("portfolio_model_id") REFERENCES "planning"."portfolio_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_outputs" ADD CONSTRAINT "plan_outputs_plan_fk" FOREIGN KEY ("plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_outputs" ADD CONSTRAINT "plan_outputs_run_fk" FOREIGN KEY ("run_id","household_id") REFERENCES "planning"."runs"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."run_shards" ADD CONSTRAINT "run_shards_run_fk" FOREIGN KEY ("run_id","household_id") REFERENCES "planning"."runs"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_plan_fk" FOREIGN KEY ("plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_verified_run_fk" FOREIGN KEY ("verifies_run_id","household_id") REFERENCES "planning"."runs"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_versions" ADD CONSTRAINT "plan_versions_plan_fk" FOREIGN KEY ("plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "capital_market_assumptions_version_key" ON "planning"."capital_market_assumptions" USING btree (coalesce("household_id", '00000000-0000-0000-0000-000000000000'::uuid),"version");--> statement-breakpoint
CREATE INDEX "capital_market_assumptions_household" ON "planning"."capital_market_assumptions" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "capital_market_assumptions_effective_date" ON "planning"."capital_market_assumptions" USING btree ("effective_date");--> statement-breakpoint
CREATE INDEX "portfolio_models_household" ON "planning"."portfolio_models" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "portfolio_models_cma" ON "planning"."portfolio_models" USING btree ("cma_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portfolio_models_reference_name_key" ON "planning"."portfolio_models" USING btree ("cma_id","name") WHERE "planning"."portfolio_models"."household_id" is null;--> statement-breakpoint
CREATE INDEX "plan_inputs_type" ON "planning"."plan_inputs" USING btree ("plan_id","input_type");--> statement-breakpoint
CREATE INDEX "plan_inputs_household" ON "planning"."plan_inputs" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "plan_inputs_superseded_by" ON "planning"."plan_inputs" USING btree ("superseded_by");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_inputs_current_name_key" ON "planning"."plan_inputs" USING btree ("plan_id","input_name") WHERE "planning"."plan_inputs"."superseded_by" is null and "planning"."plan_inputs"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "plans_household_status" ON "planning"."plans" USING btree ("household_id","status");--> statement-breakpoint
CREATE INDEX "plans_household" ON "planning"."plans" USING btree ("household_id","id");--> statement-breakpoint
CREATE INDEX "plans_parent" ON "planning"."plans" USING btree ("parent_plan_id");--> statement-breakpoint
CREATE INDEX "plans_last_run" ON "planning"."plans" USING btree ("last_run_at");--> statement-breakpoint
CREATE INDEX "plans_random_seed" ON "planning"."plans" USING btree ("random_seed");--> statement-breakpoint
CREATE INDEX "plan_outputs_type" ON "planning"."plan_outputs" USING btree ("plan_id","output_type");--> statement-breakpoint
CREATE INDEX "plan_outputs_run" ON "planning"."plan_outputs" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "plan_outputs_household" ON "planning"."plan_outputs" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "run_shards_household" ON "planning"."run_shards" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "runs_verifies" ON "planning"."runs" USING btree ("verifies_run_id");--> statement-breakpoint
CREATE INDEX "runs_plan" ON "planning"."runs" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "runs_household" ON "planning"."runs" USING btree ("household_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_version_key" ON "planning"."plan_versions" USING btree ("plan_id","version");--> statement-breakpoint
CREATE INDEX "plan_versions_household" ON "planning"."plan_versions" USING btree ("household_id");
--> statement-breakpoint
select operations.protect_table('planning.capital_market_assumptions', 'household', shared_reference => true, unaudited_columns => array['assumptions']);
--> statement-breakpoint
select operations.protect_table('planning.portfolio_models', 'household', shared_reference => true);
--> statement-breakpoint
select operations.protect_table('planning.plans', 'household');
--> statement-breakpoint
select operations.protect_table('planning.plan_inputs', 'household');
--> statement-breakpoint
select operations.protect_table('planning.plan_versions', 'household', audited => false);
--> statement-breakpoint
select operations.protect_table('planning.runs', 'household', unaudited_columns => array['specification', 'result']);
--> statement-breakpoint
-- A run that has not ended an hour after it was queued is abandoned: its execution died or was never started.
-- A job without a household sets it to failed, and reads it again in the same transaction.
create policy abandoned_runs_readable on planning.runs for select to nestegg_operator
  using ((select operations.acting_household_id()) is null
    and (status in ('queued', 'running') and created_at < now() - interval '1 hour' or status = 'failed' and finished_at = now()));
--> statement-breakpoint
create policy abandoned_runs_failed on planning.runs for update to nestegg_operator
  using ((select operations.acting_household_id()) is null and status in ('queued', 'running') and created_at < now() - interval '1 hour')
  with check (status = 'failed');
--> statement-breakpoint
select operations.protect_table('planning.run_shards', 'household', audited => false);
--> statement-breakpoint
select operations.protect_table('planning.plan_outputs', 'household', unaudited_columns => array['output_value']);
--> statement-breakpoint
-- SHA-256 of the facts of a run: its columns except those that may change later, and those of which another hash is a column.
create function planning.record_hash(run planning.runs) returns char(64)
language sql stable parallel safe set search_path = pg_catalog as $$
  select encode(sha256(convert_to(to_jsonb(facts)::text, 'UTF8')), 'hex') from (select
    run.id, run.household_id, run.plan_id, run.plan_version, run.status, run.provenance, run.engine_version, run.random_seed, run.path_count,
    run.shard_count, run.input_hash, run.output_hash, run.computation_time_ms, run.error, run.started_at, run.finished_at, run.verifies_run_id,
    run.created_at) as facts
$$;
--> statement-breakpoint
-- SHA-256 of the facts of an output: its columns except those that may change later.
create function planning.record_hash(output planning.plan_outputs) returns char(64)
language sql stable parallel safe set search_path = pg_catalog as $$
  select encode(sha256(convert_to(to_jsonb(facts)::text, 'UTF8')), 'hex') from (select
    output.id, output.household_id, output.plan_id, output.run_id, output.output_type, output.output_name, output.output_value,
    output.computation_time_ms, output.algorithm_version, output.confidence_interval_lower, output.confidence_interval_upper,
    output.standard_deviation, output.version, output.depends_on_inputs, output.depends_on_outputs, output.created_at) as facts
$$;
--> statement-breakpoint
-- Seals a row: a run when it succeeds, an output when it is stored. Its name sorts after those of the other triggers, which set stamps.
create function planning.seal_record() returns trigger
language plpgsql set search_path = pg_catalog set timezone = 'UTC' as $$
begin
  new.record_hash := planning.record_hash(new);
  return new;
end
$$;
--> statement-breakpoint
create trigger zz_seal_when_inserted before insert on planning.runs for each row when (new.status = 'succeeded')
  execute function planning.seal_record();
--> statement-breakpoint
create trigger zz_seal_when_finished before update of status on planning.runs for each row
  when (old.status <> 'succeeded' and new.status = 'succeeded') execute function planning.seal_record();
--> statement-breakpoint
create trigger zz_seal before insert on planning.plan_outputs for each row execute function planning.seal_record();
--> statement-breakpoint
-- What verification compares with a run that is simulated again: its outputs, and whether its rows are as they were stored.
create function planning.stored_records(of_run uuid) returns jsonb
language sql stable set search_path = pg_catalog set timezone = 'UTC' as $$
  select jsonb_build_object(
    'isSealed', r.record_hash is not distinct from planning.record_hash(r),
    'outputs', (
      select coalesce(jsonb_agg(jsonb_build_object('outputType', o.output_type, 'outputName', o.output_name, 'outputValue', o.output_value,
        'confidenceIntervalLower', o.confidence_interval_lower::text, 'confidenceIntervalUpper', o.confidence_interval_upper::text,
        'standardDeviation', o.standard_deviation::text,
        'isSealed', o.record_hash is not distinct from planning.record_hash(o)) order by o.id), '[]')
      from planning.plan_outputs as o where o.run_id = r.id))
  from planning.runs as r where r.id = of_run
$$;
--> statement-breakpoint
grant execute on function planning.record_hash(planning.runs), planning.record_hash(planning.plan_outputs), planning.stored_records(uuid) to nestegg_write;
--> statement-breakpoint
-- The figures of an assumption set are never changed.
grant insert, update (name, description, is_active, status, effective_date, effective_until, approved_by, approved_at, row_version)
  on planning.capital_market_assumptions to nestegg_write;
--> statement-breakpoint
grant insert, update (name, description, is_active, risk_level, asset_allocation, expected_return, volatility, sharpe_ratio, row_version)
  on planning.portfolio_models to nestegg_write;
--> statement-breakpoint
grant insert, update (name, description, status, parent_plan_id, cma_id, portfolio_model_id, monte_carlo_iterations, random_seed, planning_horizon_years,
  steps_per_year, as_of_date, confidence_level, tags, category, version, last_run_at) on planning.plans to nestegg_write;
--> statement-breakpoint
-- An input stays in the history: a change is a new row.
grant insert, update (superseded_by, removed_at) on planning.plan_inputs to nestegg_write;
--> statement-breakpoint
-- A result is never changed: a request can only cancel a run or record that it was verified.
grant insert, update (status, finished_at, last_verified_at, last_verification_matched) on planning.runs to nestegg_write;
--> statement-breakpoint
grant update (status, error, finished_at) on planning.runs to nestegg_operator;
--> statement-breakpoint
-- Versions and outputs are written once. Shards are written by functions only.
grant insert on planning.plan_versions, planning.plan_outputs to nestegg_write;
--> statement-breakpoint
create trigger assumptions_within_household after insert or update of cma_id on planning.portfolio_models
  for each row execute function operations.refer_within_household('cma_id', 'planning.capital_market_assumptions');
--> statement-breakpoint
create trigger assumptions_within_household after insert or update of cma_id on planning.plans
  for each row execute function operations.refer_within_household('cma_id', 'planning.capital_market_assumptions');
--> statement-breakpoint
create trigger model_within_household after insert or update of portfolio_model_id on planning.plans
  for each row execute function operations.refer_within_household('portfolio_model_id', 'planning.portfolio_models');
--> statement-breakpoint
-- Everything that a run of a plan reads, from one snapshot, in parts (see operations.part_of).
--   document: { request, planId, datasetId | null, fromByte }; see operations.begin_request for the request
--   answer: { user, plan | null, inputs, assumptions, model, dataset | null }
create function planning.read_run_material(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  material jsonb;
begin
  -- One statement, so that all of it comes from one snapshot: each statement of a function has a snapshot of its own.
  with plan as materialized (select * from planning.plans where id = (document ->> 'planId')::uuid)
  select jsonb_build_object(
    'user', person,
    'plan', case when plan.id is not null then jsonb_build_object(
      'version', plan.version, 'asOfDate', plan.as_of_date, 'planningHorizonYears', plan.planning_horizon_years,
      'stepsPerYear', plan.steps_per_year, 'monteCarloIterations', plan.monte_carlo_iterations, 'randomSeed', plan.random_seed::text,
      'confidenceLevel', plan.confidence_level::text) end,
    'inputs', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'inputType', input_type, 'inputName', input_name, 'schemaVersion', schema_version, 'inputValue', input_value) order by id), '[]')
      from planning.plan_inputs where plan_id = plan.id and superseded_by is null and removed_at is null),
    'assumptions', (
      select jsonb_build_object('id', id, 'name', name, 'version', version, 'status', status, 'assumptions', assumptions)
      from planning.capital_market_assumptions where id = plan.cma_id),
    'model', (
      select jsonb_build_object('id', id, 'rowVersion', row_version, 'assetAllocation', asset_allocation)
      from planning.portfolio_models where id = plan.portfolio_model_id),
    'dataset', (
      select jsonb_build_object('series', to_jsonb(d.series), 'returns', (
        select coalesce(jsonb_object_agg(series, returns), '{}') from (
          select series, jsonb_agg(jsonb_build_array(year, value) order by year) as returns from market.annual_returns
          where dataset_id = d.id group by series) as by_series))
      from market.return_datasets as d where d.id = (document ->> 'datasetId')::uuid))
  into material from (select 1) as one left join plan on true;
  return operations.part_of(convert_to(material::text, 'UTF8'), (document ->> 'fromByte')::integer);
end
$$;
--> statement-breakpoint
-- Stores a run that is to be simulated in shards. Sets abandoned runs of the household, which have not ended an hour after they were queued,
-- to failed. The same idempotency key within a day answers with the run that it queued first. Raises NE403 for a member who may only read
-- the plan.
--   document: { request, planId, planVersion, specification, provenance, engineVersion, randomSeed, pathCount, inputHash, shards: [[from, to], ...],
--     reply, idempotencyKey | null, requestHash | null, verifies | null }; the reply is stored with the key. `verifies` is the run of which the
--     new one is the verification: while one is queued or running, it is the answer.
--   answer: { id, householdId, userId, createdAt, status, reply }, or { conflict: true } if another request used the key, or null if four runs of the
--     household are queued or running already
create function planning.queue_run(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  caller_id uuid := (operations.begin_request(document -> 'request') ->> 'id')::uuid;
  household uuid := (select household_id from planning.plans where id = (document ->> 'planId')::uuid);
  run planning.runs;
  kept operations.idempotency_keys;
begin
  if household is null then
    raise exception 'There is no such plan.' using errcode = 'foreign_key_violation', constraint = 'runs_plan_fk';
  elsif household <> all (operations.editable_household_ids()) then
    raise exception 'Only owners and editors of this household may change this.' using errcode = 'NE403';
  end if;
  perform pg_advisory_xact_lock(hashtext('planning.queue_run'), hashtext(household::text));
  delete from operations.idempotency_keys where user_id = caller_id and expires_at < now();
  select * into kept from operations.idempotency_keys
  where user_id = caller_id and route = document -> 'request' ->> 'route' and key = document ->> 'idempotencyKey';
  if kept.request_hash <> document ->> 'requestHash' then
    return '{"conflict": true}';
  end if;
  if kept.key is not null then
    return kept.body || (select jsonb_build_object('status', r.status) from planning.runs as r where r.id = (kept.body ->> 'id')::uuid);
  end if;
  select * into run from planning.runs
  where verifies_run_id = (document ->> 'verifies')::uuid and household_id = household and status in ('queued', 'running')
    and created_at >= now() - interval '1 hour';
  if run.id is not null then
    return jsonb_build_object('id', run.id, 'householdId', household, 'userId', caller_id, 'reply', document -> 'reply', 'status', run.status,
      'createdAt', operations.instant_text(run.created_at));
  end if;
  update planning.runs set status = 'failed', error = 'It was not finished within an hour.', finished_at = now()
  where household_id = household and status in ('queued', 'running') and created_at < now() - interval '1 hour';
  if (select count(*) from planning.runs where household_id = household and status in ('queued', 'running')) >= 4 then
    return null;
  end if;
  insert into planning.runs (household_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
    shard_count, input_hash, verifies_run_id)
  values (household, (document ->> 'planId')::uuid, (document ->> 'planVersion')::integer, 'queued', document -> 'specification',
    document -> 'provenance', document ->> 'engineVersion', (document ->> 'randomSeed')::bigint, (document ->> 'pathCount')::integer,
    jsonb_array_length(document -> 'shards'), document ->> 'inputHash', (document ->> 'verifies')::uuid)
  returning * into run;
  insert into planning.run_shards (household_id, run_id, shard_index, from_path, to_path)
  select household, run.id, place - 1, (shard ->> 0)::integer, (shard ->> 1)::integer
  from jsonb_array_elements(document -> 'shards') with ordinality as shards(shard, place);
  kept.body := jsonb_build_object('id', run.id, 'householdId', household, 'userId', caller_id, 'reply', document -> 'reply',
    'createdAt', operations.instant_text(run.created_at));
  if document ->> 'idempotencyKey' is not null then
    insert into operations.idempotency_keys (user_id, route, key, request_hash, status, body)
    values (caller_id, document -> 'request' ->> 'route', document ->> 'idempotencyKey', document ->> 'requestHash', 202, kept.body);
  end if;
  return kept.body || '{"status": "queued"}';
end
$$;
--> statement-breakpoint
-- The specification of a run, in parts (see operations.part_of).
--   document: { userId, runId, request, fromByte }
create function planning.read_run_specification(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.act_for(document);
  return (
    select operations.part_of(convert_to(specification::text, 'UTF8'), (document ->> 'fromByte')::integer)
    from planning.runs where id = (document ->> 'runId')::uuid);
end
$$;
--> statement-breakpoint
-- A run as verification reads it, in parts (see operations.part_of).
--   document: { userId, runId, request, fromByte }, or without userId for the caller that the request names
--   answer: { user | null, run | null }; see planning.stored_records for isSealed and outputs
create function planning.read_stored_run(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb;
  answer jsonb;
begin
  if document ->> 'userId' is null then
    person := operations.begin_request(document -> 'request');
  else
    perform operations.act_for(document);
  end if;
  select jsonb_build_object('user', person, 'run', case when r.id is not null then jsonb_build_object(
    'isEditable', r.household_id = any (operations.editable_household_ids()), 'planId', r.plan_id, 'planVersion', r.plan_version,
    'status', r.status, 'provenance', r.provenance, 'engineVersion', r.engine_version, 'randomSeed', r.random_seed::text,
    'pathCount', r.path_count, 'inputHash', r.input_hash, 'outputHash', r.output_hash, 'specification', r.specification, 'result', r.result,
    'verifiesRunId', r.verifies_run_id)
    || planning.stored_records(r.id) end)
  into answer from (select 1) as one left join planning.runs as r on r.id = (document ->> 'runId')::uuid;
  return operations.part_of(convert_to(answer::text, 'UTF8'), (document ->> 'fromByte')::integer);
end
$$;
--> statement-breakpoint
-- Records that the simulation of a shard has begun.
--   document: { userId, runId, shardIndex, request }
--   answer: { runStatus, shardStatus, fromPath, toPath, inputHash }, or null if there is no such shard
create function planning.begin_shard(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  run planning.runs;
  shard planning.run_shards;
begin
  perform operations.act_for(document);
  update planning.runs set status = 'running', started_at = now() where id = (document ->> 'runId')::uuid and status = 'queued';
  select * into run from planning.runs where id = (document ->> 'runId')::uuid;
  update planning.run_shards
  set status = case status when 'queued' then 'running' else status end, attempts = attempts + 1
  where run_id = run.id and shard_index = (document ->> 'shardIndex')::integer and run.status = 'running';
  select * into shard from planning.run_shards where run_id = run.id and shard_index = (document ->> 'shardIndex')::integer;
  if shard.run_id is null then
    return null;
  end if;
  return jsonb_build_object('runStatus', run.status, 'shardStatus', shard.status, 'fromPath', shard.from_path, 'toPath', shard.to_path,
    'inputHash', run.input_hash);
end
$$;
--> statement-breakpoint
-- Records that a shard's result is stored. Only the first call for a shard counts: later ones repeat the same result.
--   document: { userId, runId, shardIndex, checksum, computationTimeMs, request }
--   answer: { counted }
create function planning.complete_shard(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.act_for(document);
  update planning.run_shards
  set status = 'succeeded', checksum = document ->> 'checksum', computation_time_ms = (document ->> 'computationTimeMs')::integer, finished_at = now()
  where run_id = (document ->> 'runId')::uuid and shard_index = (document ->> 'shardIndex')::integer and status <> 'succeeded';
  return jsonb_build_object('counted', found);
end
$$;
--> statement-breakpoint
-- The data needed to merge a run's shards.
--   document: { userId, runId, request }
--   answer: { runStatus, inputHash, verifiesRunId, computationTimeMs, shards: [{ shardIndex, checksum }] }, or null if there is no such run
create function planning.read_run_shards(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.act_for(document);
  return (
    select jsonb_build_object('runStatus', r.status, 'inputHash', r.input_hash, 'verifiesRunId', r.verifies_run_id, 'computationTimeMs', coalesce(sum(s.computation_time_ms), 0),
      'shards', jsonb_agg(jsonb_build_object('shardIndex', s.shard_index, 'checksum', s.checksum) order by s.shard_index))
    from planning.runs as r join planning.run_shards as s on s.run_id = r.id
    where r.id = (document ->> 'runId')::uuid
    group by r.id);
end
$$;
--> statement-breakpoint
-- Stores the result and the figures of a run that is still running.
--   document: { userId, runId, engineVersion, outputHash, result, computationTimeMs, figures: [{ outputName, outputValue,
--     confidenceIntervalLower, confidenceIntervalUpper, standardDeviation }], verified | null, request }; `verified` is the outcome for the run
--     that this one verifies
--   answer: { finished }
create function planning.finish_run(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  run planning.runs;
begin
  perform operations.act_for(document);
  update planning.runs
  set status = 'succeeded', engine_version = document ->> 'engineVersion', output_hash = document ->> 'outputHash', result = document -> 'result',
    computation_time_ms = (document ->> 'computationTimeMs')::integer, finished_at = now()
  where id = (document ->> 'runId')::uuid and status = 'running'
  returning * into run;
  if run.id is null then
    return jsonb_build_object('finished', false);
  end if;
  insert into planning.plan_outputs (household_id, plan_id, run_id, output_type, output_name, output_value, computation_time_ms,
    algorithm_version, confidence_interval_lower, confidence_interval_upper, standard_deviation, depends_on_inputs)
  select run.household_id, run.plan_id, run.id, 'simulation', figure."outputName", figure."outputValue", run.computation_time_ms,
    run.engine_version, figure."confidenceIntervalLower", figure."confidenceIntervalUpper", figure."standardDeviation", run.provenance -> 'inputIds'
  from jsonb_to_recordset(document -> 'figures') as figure("outputName" text, "outputValue" jsonb, "confidenceIntervalLower" numeric,
    "confidenceIntervalUpper" numeric, "standardDeviation" numeric);
  if run.verifies_run_id is null then
    update planning.plans set last_run_at = now() where id = run.plan_id;
  else
    update planning.runs set last_verified_at = now(), last_verification_matched = (document ->> 'verified')::boolean where id = run.verifies_run_id;
  end if;
  return jsonb_build_object('finished', true);
end
$$;
--> statement-breakpoint
-- Sets a queued or running run to failed. If it was never started, its idempotency key can be used again.
--   document: { userId, runId, error, request }
--   answer: { failed }
create function planning.fail_run(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.act_for(document);
  delete from operations.idempotency_keys using planning.runs as r
  where r.id = (document ->> 'runId')::uuid and r.status = 'queued' and body ->> 'id' = r.id::text;
  update planning.runs set status = 'failed', error = document ->> 'error', finished_at = now()
  where id = (document ->> 'runId')::uuid and status in ('queued', 'running');
  return jsonb_build_object('failed', found);
end
$$;
--> statement-breakpoint
grant execute on function planning.read_run_material(jsonb), planning.queue_run(jsonb), planning.read_run_specification(jsonb), planning.read_stored_run(jsonb),
  planning.begin_shard(jsonb), planning.complete_shard(jsonb), planning.read_run_shards(jsonb), planning.finish_run(jsonb), planning.fail_run(jsonb) to nestegg_runs;
