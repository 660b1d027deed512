import { ok, serve } from '../../runtime/serve.ts'
import { atBody } from '../at-body.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { analyseInRequest } from '../work-limits.ts'

export const handler = serve(planningRoutes['analyse-sensitivities'], async ({ body, params, phases }) => {
  const { heatMap, inputs, iterations } = body
  const household = await phases.read(async transaction => readHousehold(transaction, await requirePlan(transaction, params.planId), body))
  return ok(await atBody(() => analyseInRequest<'sensitivities'>({ kind: 'sensitivities', household, inputs, heatMap }, iterations)))
})
