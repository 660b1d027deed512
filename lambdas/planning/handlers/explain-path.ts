import { runRows } from '../../../db/queries/planning/runs.ts'
import { engineVersionFor, readStoredSpecification } from '../../../domain/planning/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { planningRoutes } from '../routes.ts'
import { analyseWarm } from '../simulate-warm.ts'

export const handler = serve(planningRoutes['explain-path'], async ({ params, phases }) => {
  const run = await phases.read(transaction => runRows.find(transaction, params.runId))
  if (!run || params.pathIndex >= run.pathCount) throw notFound('path of this run')
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  const years = await analyseWarm<'path'>({ kind: 'path', specification, path: params.pathIndex })
  return ok({ runId: run.id, pathIndex: params.pathIndex, engineVersion: engineVersionFor(specification), years })
})
