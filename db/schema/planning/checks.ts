import type { DataCheck } from '../checks.ts'

export const planningChecks: readonly DataCheck[] = [
  {
    id: 'planning.runs/sealed',
    table: 'planning.runs',
    sentence: 'The facts of a run are those with which it was sealed when it succeeded.',
    find: `select run.id::text as key, 'sealed ' || coalesce(run.record_hash, 'never') as detail from planning.runs run
      where run.status = 'succeeded' and run.record_hash is distinct from planning.record_hash(run)`,
  },
  {
    id: 'planning.plan_outputs/sealed',
    table: 'planning.plan_outputs',
    sentence: 'The facts of an output are those with which it was sealed when it was stored.',
    find: `select output.id::text as key, 'sealed ' || coalesce(output.record_hash, 'never') as detail from planning.plan_outputs output
      where output.record_hash is distinct from planning.record_hash(output)`,
  },
  {
    id: 'planning.run_shards/paths',
    table: 'planning.run_shards',
    sentence: 'The shards of a run have all of its paths, each once.',
    find: `select run.id::text as key, sum(to_path - from_path) || ' paths in shards, ' || run.path_count || ' in the run' as detail
      from planning.run_shards shard join planning.runs run on run.id = shard.run_id
      group by run.id, run.path_count having sum(to_path - from_path) <> run.path_count`,
  },
  {
    id: 'planning.plan_inputs/superseded',
    table: 'planning.plan_inputs',
    sentence: 'An input is superseded by an input of the same plan, type and name, and not by itself.',
    find: `select input.id::text as key, 'superseded by ' || newer.id as detail
      from planning.plan_inputs input join planning.plan_inputs newer on newer.id = input.superseded_by
      where newer.id = input.id or (newer.plan_id, newer.input_type, newer.input_name) is distinct from (input.plan_id, input.input_type, input.input_name)`,
  },
]
