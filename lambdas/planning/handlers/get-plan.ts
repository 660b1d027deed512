import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { presentPlan } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-plan'], async ({ params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  return ok(presentPlan(plan), plan.version)
})
