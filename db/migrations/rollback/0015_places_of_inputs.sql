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
alter table planning.plan_inputs drop column sort_key;
