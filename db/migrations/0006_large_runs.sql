CREATE TABLE "planning"."run_shards" (
	"user_id" uuid NOT NULL,
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
ALTER TABLE "planning"."runs" DROP CONSTRAINT "runs_status_known";--> statement-breakpoint
ALTER TABLE "planning"."runs" ALTER COLUMN "output_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "planning"."runs" ALTER COLUMN "result" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "planning"."runs" ALTER COLUMN "computation_time_ms" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD COLUMN "error" text;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD COLUMN "started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD COLUMN "finished_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "planning"."run_shards" ADD CONSTRAINT "run_shards_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."run_shards" ADD CONSTRAINT "run_shards_run_fk" FOREIGN KEY ("run_id","user_id") REFERENCES "planning"."runs"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "run_shards_user" ON "planning"."run_shards" USING btree ("user_id");--> statement-breakpoint
-- What ran before this ran in its request. Nobody's rows are seen here, not even by their owner, unless it is asked for.
alter table planning.runs no force row level security;--> statement-breakpoint
alter table planning.runs disable trigger user;--> statement-breakpoint
update planning.runs set started_at = created_at, finished_at = created_at;--> statement-breakpoint
alter table planning.runs enable trigger user;--> statement-breakpoint
alter table planning.runs force row level security;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_result_of_success" CHECK (("planning"."runs"."status" = 'succeeded') = ("planning"."runs"."output_hash" is not null and "planning"."runs"."result" is not null and "planning"."runs"."computation_time_ms" is not null));--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_finished_at_end" CHECK (("planning"."runs"."status" in ('queued', 'running')) = ("planning"."runs"."finished_at" is null));--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_status_known" CHECK ("planning"."runs"."status" in ('queued', 'running', 'succeeded', 'failed', 'cancelled'));--> statement-breakpoint
select operations.protect_table('planning.run_shards', audited => false);
--> statement-breakpoint
revoke insert, update, delete on planning.run_shards from nestegg_write;
--> statement-breakpoint
-- The functions below are called from outside the VPC on behalf of one user at a time, and see what is that user's.
create policy own_rows_readable_by_functions on planning.plans for select to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_marked_by_functions on planning.plans for update to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_readable_by_functions on planning.plan_inputs for select to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_readable_by_functions on planning.capital_market_assumptions for select to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_readable_by_functions on planning.portfolio_models for select to nestegg_owner using (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_of_functions on planning.runs to nestegg_owner
  using (user_id = (select operations.current_user_id())) with check (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_of_functions on planning.run_shards to nestegg_owner
  using (user_id = (select operations.current_user_id())) with check (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_added_by_functions on planning.plan_outputs for insert to nestegg_owner with check (user_id = (select operations.current_user_id()));
--> statement-breakpoint
create policy own_rows_of_functions on operations.idempotency_keys to nestegg_owner
  using (user_id = (select operations.current_user_id())) with check (user_id = (select operations.current_user_id()));
--> statement-breakpoint
-- What has not ended an hour after it was queued never will: its execution is dead, or was never started.
create policy abandoned_runs_failed on planning.runs to nestegg_operator
  using (status in ('queued', 'running') and created_at < now() - interval '1 hour' or status = 'failed')
  with check (status = 'failed');
--> statement-breakpoint
grant select (id, status, created_at), update (status, error, finished_at) on planning.runs to nestegg_operator;
--> statement-breakpoint
grant usage on schema planning to nestegg_functions;
--> statement-breakpoint
-- A part of an answer that may be larger than the 64 KB that the Data API carries: 45,000 bytes are 60,000 in base64.
create function operations.part_of(content bytea, from_byte integer) returns jsonb
language sql immutable set search_path = pg_catalog as $$
  select jsonb_build_object('sizeBytes', octet_length(content), 'sha256', encode(sha256(content), 'hex'),
    'part', translate(encode(substring(content from from_byte + 1 for 45000), 'base64'), E'\n', ''))
$$;
--> statement-breakpoint
-- Lets the transaction act for a user whom the caller has from a run that this user queued.
--   document: { userId, request: { requestId, route } }
create function operations.act_for(document jsonb) returns void
language sql set search_path = pg_catalog as $$
  select set_config('nestegg.request', coalesce(document -> 'request', '{}')::text, true),
    set_config('nestegg.user_id', document ->> 'userId', true)
$$;
--> statement-breakpoint
-- All that a run of a plan reads, in one snapshot, in parts (see operations.part_of).
--   document: { request, planId, datasetId | null, fromByte }; see operations.begin_request for the request
--   answer: { user, plan | null, inputs, assumptions, model, dataset | null }
create function planning.read_run_material(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  person jsonb := operations.begin_request(document -> 'request');
  plan planning.plans;
  material jsonb;
begin
  select * into plan from planning.plans where id = (document ->> 'planId')::uuid;
  material := jsonb_build_object(
    'user', person,
    'plan', case when plan.id is not null then jsonb_build_object(
      'version', plan.version, 'asOfDate', plan.as_of_date, 'planningHorizonYears', plan.planning_horizon_years,
      'stepsPerYear', plan.steps_per_year, 'monteCarloIterations', plan.monte_carlo_iterations, 'randomSeed', plan.random_seed::text,
      'confidenceLevel', plan.confidence_level::text) end,
    'inputs', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'inputType', input_type, 'inputName', input_name, 'inputValue', input_value) order by id), '[]')
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
      from market.return_datasets as d where d.id = (document ->> 'datasetId')::uuid));
  return operations.part_of(convert_to(material::text, 'UTF8'), (document ->> 'fromByte')::integer);
end
$$;
--> statement-breakpoint
-- Stores a run that is to be simulated in shards. Runs that have not ended an hour after they were queued never will, and are failed.
-- The same idempotency key within a day answers with the run that it queued first.
--   document: { request, planId, planVersion, specification, provenance, engineVersion, randomSeed, pathCount, inputHash, shards: [[from, to], ...],
--     reply, idempotencyKey | null, requestHash | null }; the reply is kept with the key
--   answer: { id, userId, createdAt, status, reply }, or { conflict: true } for a key of another request, or null where four runs are under
--     way already
create function planning.queue_run(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
declare
  owner_id uuid := (operations.begin_request(document -> 'request') ->> 'id')::uuid;
  run planning.runs;
  kept operations.idempotency_keys;
begin
  perform pg_advisory_xact_lock(hashtext('planning.queue_run'), hashtext(owner_id::text));
  delete from operations.idempotency_keys where user_id = owner_id and expires_at < now();
  select * into kept from operations.idempotency_keys
  where user_id = owner_id and route = document -> 'request' ->> 'route' and key = document ->> 'idempotencyKey';
  if kept.request_hash <> document ->> 'requestHash' then
    return '{"conflict": true}';
  end if;
  if kept.key is not null then
    return kept.body || (select jsonb_build_object('status', r.status) from planning.runs as r where r.id = (kept.body ->> 'id')::uuid);
  end if;
  update planning.runs set status = 'failed', error = 'It was not finished within an hour.', finished_at = now()
  where user_id = owner_id and status in ('queued', 'running') and created_at < now() - interval '1 hour';
  if (select count(*) from planning.runs where user_id = owner_id and status in ('queued', 'running')) >= 4 then
    return null;
  end if;
  insert into planning.runs (user_id, plan_id, plan_version, status, specification, provenance, engine_version, random_seed, path_count,
    shard_count, input_hash)
  values (owner_id, (document ->> 'planId')::uuid, (document ->> 'planVersion')::integer, 'queued', document -> 'specification',
    document -> 'provenance', document ->> 'engineVersion', (document ->> 'randomSeed')::bigint, (document ->> 'pathCount')::integer,
    jsonb_array_length(document -> 'shards'), document ->> 'inputHash')
  returning * into run;
  insert into planning.run_shards (user_id, run_id, shard_index, from_path, to_path)
  select owner_id, run.id, place - 1, (shard ->> 0)::integer, (shard ->> 1)::integer
  from jsonb_array_elements(document -> 'shards') with ordinality as shards(shard, place);
  kept.body := jsonb_build_object('id', run.id, 'userId', run.user_id, 'reply', document -> 'reply',
    'createdAt', to_char(run.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'));
  if document ->> 'idempotencyKey' is not null then
    insert into operations.idempotency_keys (user_id, route, key, request_hash, status, body)
    values (owner_id, document -> 'request' ->> 'route', document ->> 'idempotencyKey', document ->> 'requestHash', 202, kept.body);
  end if;
  return kept.body || '{"status": "queued"}';
end
$$;
--> statement-breakpoint
-- What a run is made from, in parts (see operations.part_of).
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
-- Notes that a shard is being simulated.
--   document: { userId, runId, shardIndex, request }
--   answer: { runStatus, shardStatus, fromPath, toPath, inputHash }, or null for a shard that is not there
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
-- Notes that a shard's result is stored. The first note of a shard stands: what comes after it is the same again.
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
-- What it takes to put a run's shards together.
--   document: { userId, runId, request }
--   answer: { runStatus, inputHash, computationTimeMs, shards: [{ shardIndex, checksum }] }, or null for a run that is not there
create function planning.read_run_shards(document jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform operations.act_for(document);
  return (
    select jsonb_build_object('runStatus', r.status, 'inputHash', r.input_hash, 'computationTimeMs', coalesce(sum(s.computation_time_ms), 0),
      'shards', jsonb_agg(jsonb_build_object('shardIndex', s.shard_index, 'checksum', s.checksum) order by s.shard_index))
    from planning.runs as r join planning.run_shards as s on s.run_id = r.id
    where r.id = (document ->> 'runId')::uuid
    group by r.id);
end
$$;
--> statement-breakpoint
-- Stores the result of a run that is still under way, with its figures.
--   document: { userId, runId, engineVersion, outputHash, result, computationTimeMs, figures: [{ outputName, outputValue,
--     confidenceIntervalLower, confidenceIntervalUpper, standardDeviation }], request }
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
  insert into planning.plan_outputs (user_id, plan_id, run_id, output_type, output_name, output_value, computation_time_ms,
    algorithm_version, confidence_interval_lower, confidence_interval_upper, standard_deviation, depends_on_inputs)
  select run.user_id, run.plan_id, run.id, 'simulation', figure."outputName", figure."outputValue", run.computation_time_ms,
    run.engine_version, figure."confidenceIntervalLower", figure."confidenceIntervalUpper", figure."standardDeviation", run.provenance -> 'inputIds'
  from jsonb_to_recordset(document -> 'figures') as figure("outputName" text, "outputValue" jsonb, "confidenceIntervalLower" numeric,
    "confidenceIntervalUpper" numeric, "standardDeviation" numeric);
  update planning.plans set last_run_at = now() where id = run.plan_id;
  return jsonb_build_object('finished', true);
end
$$;
--> statement-breakpoint
-- Ends a run that is under way and will come to nothing. One that was never started gives its idempotency key back.
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
grant execute on function planning.read_run_material(jsonb), planning.queue_run(jsonb), planning.read_run_specification(jsonb),
  planning.begin_shard(jsonb), planning.complete_shard(jsonb), planning.read_run_shards(jsonb), planning.finish_run(jsonb), planning.fail_run(jsonb) to nestegg_functions;
