import { bandsCsv } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireResult } from '../lookups.ts'
import { planningRoutes } from '../routes.ts'
import { firstCalendarYear } from '../run-dates.ts'

export const handler = serve(planningRoutes['get-run-bands'], async ({ params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  const { nominal, percentiles, real } = run.result.bands
  return ok(bandsCsv(firstCalendarYear(run), percentiles, nominal, real))
})
