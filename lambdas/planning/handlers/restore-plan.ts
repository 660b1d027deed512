import { ok, serve } from '../../runtime/serve.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { recordVersion, requirePlanVersion, termColumns } from '../plan-state.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['restore-plan'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockPlan(transaction, params.planId, expectedVersion)
  const { state } = await requirePlanVersion(transaction, current, body.version)
  const plan = await changePlan(transaction, current, termColumns(state.plan))
  await replaceInputs(transaction, plan, state.inputs)
  await recordVersion(transaction, plan, 'restored', 'body.version', body.version)
  return ok(plans.present(plan), plan.version)
})
