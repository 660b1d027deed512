import { heatMap, sensitivities } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { atBody } from '../at-body.ts'

export const handler = serve(planningRoutes['analyse-sensitivities'], async ({ body, params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const household = await readHousehold(transaction, plan, body)
  const together = body.heatMap && atBody(() => heatMap(household, body.heatMap!.rows, body.heatMap!.columns))
  return ok({ sensitivities: sensitivities(household, body.inputs), ...(together && { heatMap: together }) })
})
