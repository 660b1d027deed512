import { fanChart } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan, requireResult } from '../lookups.ts'
import { planningRoutes } from '../routes.ts'
import { firstCalendarYear } from '../run-dates.ts'

export const handler = serve(planningRoutes['get-run-chart'], async ({ params, query, transaction }) => {
  const run = await requireResult(transaction, params.runId)
  const plan = await requirePlan(transaction, run.planId)
  const { bands, success } = run.result
  const percent = (100 * success.probability).toFixed(1)
  return ok(
    fanChart({
      title: `${plan.name}: ${percent} % of ${run.pathCount} paths succeed`,
      percentiles: bands.percentiles,
      bands: query.money === 'real' ? bands.real : bands.nominal,
      firstYear: firstCalendarYear(run),
      unit: query.money === 'real' ? 'Portfolio in money of the as-of date' : 'Portfolio in money of each year',
    }),
  )
})
