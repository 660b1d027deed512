import { runRows } from '../../../db/queries/planning/runs.ts'
import { explainRunPath, readStoredSpecification } from '../../../domain/planning/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['explain-path'], async ({ params, transaction }) => {
  const run = await runRows.find(transaction, params.runId)
  if (!run || params.pathIndex >= run.pathCount) throw notFound('path of this run')
  const specification = readStoredSpecification(run.engineVersion, run.specification)
  return ok({ runId: run.id, pathIndex: params.pathIndex, years: explainRunPath(specification, params.pathIndex) })
})
