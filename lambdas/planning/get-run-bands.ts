import { findRun } from '../../db/queries/planning/runs.ts'
import { bandsCsv } from '../../domain/planning/index.ts'
import { notFound } from '../runtime/problem.ts'
import { ok, serve } from '../runtime/serve.ts'
import { planningRoutes } from './routes.ts'
import { firstCalendarYear } from './run-dates.ts'

export const handler = serve(planningRoutes['get-run-bands'], async ({ params, transaction }) => {
  const run = await findRun(transaction, params.runId)
  if (!run) throw notFound('run')
  const { nominal, percentiles, real } = run.result.bands
  return ok(bandsCsv(firstCalendarYear(run), percentiles, nominal, real))
})
