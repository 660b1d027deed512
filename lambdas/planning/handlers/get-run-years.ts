import { yearsCsv } from '../../../domain/planning/index.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireResult } from '../lookups.ts'
import { planningRoutes } from '../routes.ts'
import { firstCalendarYear } from '../run-dates.ts'

export const handler = serve(planningRoutes['get-run-years'], async ({ params, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  const csv = yearsCsv(firstCalendarYear(run), run.specification, run.result)
  if (csv === null)
    throw new Problem(
      'run-without-result',
      `This run is of the engine ${run.engineVersion}, which has no means by year: simulate the plan again.`,
    )
  return ok(csv)
})
