-- The inputs of a plan were read in the order of their ids, so that a replaced input became the last one. The persons of a couple changed places
-- and random numbers when the first of them was changed. Now a replacement has the sort key of the input that it replaces.
alter table planning.plan_inputs add column sort_key uuid;
--> statement-breakpoint
-- The rows of all households get their key, which is no change of anybody's data: without an audit row and without a new time of change.
alter table planning.plan_inputs no force row level security;
--> statement-breakpoint
alter table planning.plan_inputs disable trigger user;
--> statement-breakpoint
-- The first input of each chain gives its id to all that came after it.
with recursive chain (id, superseded_by, first_id) as (
  select id, superseded_by, id from planning.plan_inputs first
  where not exists (select from planning.plan_inputs older where older.superseded_by = first.id)
  union all
  select next.id, next.superseded_by, chain.first_id from chain join planning.plan_inputs next on next.id = chain.superseded_by
)
update planning.plan_inputs input set sort_key = chain.first_id from chain where chain.id = input.id;
--> statement-breakpoint
-- The rest is damaged: a circle has no first input.
update planning.plan_inputs set sort_key = id where sort_key is null;
--> statement-breakpoint
alter table planning.plan_inputs enable trigger user;
--> statement-breakpoint
alter table planning.plan_inputs force row level security;
--> statement-breakpoint
alter table planning.plan_inputs alter column sort_key set default operations.uuid_v7(), alter column sort_key set not null;
--> statement-breakpoint
-- Everything that a run of a plan reads, from one snapshot, in parts (see operations.part_of).
--   document: { request, planId, datasetId | null, fromByte }; see operations.begin_request for the request
--   answer: { user, plan | null, inputs, assumptions, model, dataset | null }
create or replace function planning.read_run_material(document jsonb) returns jsonb
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
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'inputType', input_type, 'inputName', input_name, 'schemaVersion', schema_version, 'inputValue', input_value) order by sort_key, id), '[]')
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
