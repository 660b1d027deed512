import { findRun } from '../../db/queries/planning/runs.ts'
import { notFound } from '../runtime/problem.ts'
import { ok, serve } from '../runtime/serve.ts'
import { presentRun } from './present.ts'
import { planningRoutes } from './routes.ts'

export const handler = serve(planningRoutes['get-run'], async ({ params, transaction }) => {
  const run = await findRun(transaction, params.runId)
  if (!run) throw notFound('run')
  return ok(presentRun(run))
})
