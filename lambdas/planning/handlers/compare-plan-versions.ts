import { comparePlanStates } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { requirePlanVersion } from '../plan-state.ts'
import { planVersions } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['compare-plan-versions'], async ({ params, query, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const before = await requirePlanVersion(transaction, plan, query.from)
  const after = await requirePlanVersion(transaction, plan, query.to ?? plan.version)
  return ok({
    from: planVersions.presentItem(before),
    to: planVersions.presentItem(after),
    differences: comparePlanStates(before.state, after.state),
  })
})
