import { isCurrentEngine, pathsAtRanks, RANK_DEFINITIONS, rankAt, readStoredSpecification } from '../../../domain/planning/index.ts'
import { invalidValue, Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireResult } from '../lookups.ts'
import { planningRoutes } from '../routes.ts'
import { pathEndsInRequest } from '../work-limits.ts'

const usualPercentiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

export const handler = serve(planningRoutes['rank-paths'], async ({ params, phases, query }) => {
  const run = await phases.read(transaction => requireResult(transaction, params.runId))
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  if (!isCurrentEngine(run.engineVersion))
    throw new Problem(
      'run-without-result',
      `This run is of the engine ${run.engineVersion}, which cannot rank paths any more: simulate the plan again.`,
    )
  const { paths } = specification
  const { rank } = query
  if (rank !== undefined && rank > paths) throw invalidValue('query.rank', `must be at most ${paths}, the number of paths`)
  const percentiles = query.percentiles ?? (rank === undefined ? usualPercentiles : [])
  const ranks = [...percentiles.map(percentile => rankAt(percentile, paths)), ...(rank === undefined ? [] : [rank])]
  const ranked = pathsAtRanks(await pathEndsInRequest(specification), ranks)
  return ok({
    runId: run.id,
    pathCount: paths,
    definitions: RANK_DEFINITIONS,
    paths: ranked.map((path, index) => ({ percentile: percentiles[index] ?? null, ...path })),
  })
})
