import { type Lifecycles, type Retention, stampMentions, type TableLifecycle } from '../lifecycle.ts'

const plansStay: Retention = { kept: 'It is a part of a plan, which its household keeps or removes.' }

const ofHousehold = (more: Partial<TableLifecycle> = {}): TableLifecycle => ({
  key: ['id'],
  owner: { kind: 'household', column: 'household_id' },
  mentions: [...stampMentions],
  retention: plansStay,
  erasure: { action: 'delete' },
  export: { columns: 'all' },
  backup: 'rows',
  validation: [],
  ...more,
})

export const planningLifecycles: Lifecycles = {
  'planning.capital_market_assumptions': ofHousehold({
    owner: { kind: 'household', column: 'household_id', published: true },
    mentions: [...stampMentions, 'approved_by'],
    retention: { kept: 'Plans and stored runs refer to it.' },
    validation: [
      {
        id: 'approved-assumptions-have-an-approval',
        rule: 'An approved assumption set of a household says when it was approved.',
        broken:
          "select id from planning.capital_market_assumptions where household_id is not null and status = 'approved' and approved_at is null",
      },
    ],
  }),
  'planning.portfolio_models': ofHousehold({
    owner: { kind: 'household', column: 'household_id', published: true },
    retention: { kept: 'Plans refer to it.' },
    validation: [
      {
        id: 'models-use-visible-assumptions',
        rule: 'A portfolio model uses published assumptions or those of its own household.',
        broken: `select m.id from planning.portfolio_models m join planning.capital_market_assumptions a on a.id = m.cma_id
          where a.household_id is not null and a.household_id is distinct from m.household_id`,
      },
    ],
  }),
  'planning.plans': ofHousehold({
    retention: { kept: 'A plan ends by its household, never by age.' },
    validation: [
      {
        id: 'plans-have-their-versions',
        rule: 'Every plan has a stored version with its present number.',
        broken:
          'select p.id from planning.plans p where not exists (select from planning.plan_versions v where v.plan_id = p.id and v.version = p.version)',
      },
      {
        id: 'plans-use-visible-assumptions',
        rule: 'A plan uses published assumptions or those of its own household.',
        broken: `select p.id from planning.plans p join planning.capital_market_assumptions a on a.id = p.cma_id
          where a.household_id is not null and a.household_id <> p.household_id`,
      },
    ],
  }),
  'planning.plan_versions': ofHousehold({
    validation: [
      {
        id: 'versions-follow-a-version',
        rule: 'A restored version refers to an earlier version of its plan, and the first version of a branch to one of the plan that it comes from.',
        broken: `select v.id from planning.plan_versions v join planning.plans p on p.id = v.plan_id where v.from_version is not null
          and not exists (select from planning.plan_versions f where f.version = v.from_version and case v.change
            when 'branched' then f.plan_id = p.parent_plan_id
            else f.plan_id = v.plan_id and f.version < v.version end)`,
      },
    ],
  }),
  'planning.plan_inputs': ofHousehold({
    validation: [
      {
        id: 'superseded',
        rule: 'An input is superseded by an input of the same plan, and not by itself.',
        broken: `select input.id, 'superseded by ' || newer.id as detail
          from planning.plan_inputs input join planning.plan_inputs newer on newer.id = input.superseded_by
          where newer.id = input.id or newer.plan_id <> input.plan_id`,
      },
      {
        id: 'superseded-inputs-have-no-circle',
        rule: 'No input supersedes itself, also over others.',
        broken: `with recursive chain as (
            select id, superseded_by, array[id] as seen from planning.plan_inputs where superseded_by is not null
            union all
            select c.id, n.superseded_by, c.seen || n.id from chain c join planning.plan_inputs n on n.id = c.superseded_by
            where n.superseded_by is not null and n.id <> all (c.seen)
          ) select distinct id from chain where superseded_by = any (seen)`,
      },
    ],
  }),
  'planning.runs': ofHousehold({
    retention: {
      timeColumn: 'created_at',
      actions: ['delete'],
      conditions: { status: 'text', engine_version: 'text', path_count: 'number' },
    },
    validation: [
      {
        id: 'runs-end',
        rule: 'No run is queued or running for a day.',
        broken: "select id from planning.runs where status in ('queued', 'running') and updated_at < now() - interval '1 day'",
        repair: `update planning.runs set status = 'failed', error = 'The run was stopped before its end.', finished_at = now()
          where status in ('queued', 'running') and updated_at < now() - interval '1 day'`,
      },
      {
        id: 'sealed',
        rule: 'The facts of a run are those with which it was sealed when it succeeded.',
        broken: `select run.id, 'sealed ' || coalesce(run.record_hash, 'never') as detail from planning.runs run
          where run.status = 'succeeded' and run.record_hash is distinct from planning.record_hash(run)`,
      },
      {
        id: 'succeeded-runs-have-a-result',
        rule: 'Every run that has succeeded has a result with its hash.',
        broken: "select id from planning.runs where status = 'succeeded' and (output_hash is null or result is null)",
      },
    ],
  }),
  'planning.plan_outputs': ofHousehold({
    retention: { timeColumn: 'created_at', actions: ['delete'], conditions: { output_type: 'text', output_name: 'text' } },
    validation: [
      {
        id: 'sealed',
        rule: 'The facts of an output are those with which it was sealed when it was stored.',
        broken: `select output.id, 'sealed ' || coalesce(output.record_hash, 'never') as detail from planning.plan_outputs output
          where output.record_hash is distinct from planning.record_hash(output)`,
      },
      {
        id: 'outputs-know-their-inputs',
        rule: 'The inputs on which an output depends exist in its plan.',
        broken: `select o.id from planning.plan_outputs o where jsonb_typeof(to_jsonb(o.depends_on_inputs)) = 'array' and exists (
          select from jsonb_array_elements_text(to_jsonb(o.depends_on_inputs)) input
          where not exists (select from planning.plan_inputs i where i.plan_id = o.plan_id and i.id::text = input))`,
      },
    ],
  }),
  'planning.plan_month_ends': ofHousehold({
    retention: { kept: 'It is the history of a plan. It stays when its run is removed by age.' },
    validation: [
      {
        id: 'month-ends-are-last-days',
        rule: 'A month end of a plan is the last day of a month.',
        broken: 'select id from planning.plan_month_ends where extract(day from month_end + 1) <> 1',
      },
    ],
  }),
  'planning.run_shards': ofHousehold({
    key: ['run_id', 'shard_index'],
    retention: { timeColumn: 'created_at', actions: ['delete'], conditions: { status: 'text' } },
    export: { columns: 'none', because: 'It is the work of the platform for a run, whose result is exported.' },
    validation: [
      {
        id: 'paths',
        rule: 'The shards of a run have all of its paths, each once.',
        broken: `select min(shard.run_id::text)::uuid as run_id, min(shard_index) as shard_index,
            sum(to_path - from_path) || ' paths in shards, ' || run.path_count || ' in the run' as detail
          from planning.run_shards shard join planning.runs run on run.id = shard.run_id
          group by run.id, run.path_count having sum(to_path - from_path) <> run.path_count`,
      },
      {
        id: 'shards-of-ended-runs-have-ended',
        rule: 'A run that has succeeded has no unfinished shard.',
        broken: `select s.run_id, s.shard_index from planning.run_shards s join planning.runs r on r.id = s.run_id
          where r.status = 'succeeded' and s.finished_at is null`,
      },
    ],
  }),
}
