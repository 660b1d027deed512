import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { requirePlanVersion } from '../plan-state.ts'
import { planVersions } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-plan-version'], async ({ params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  return ok(planVersions.present(await requirePlanVersion(transaction, plan, params.version)))
})
