import { updatePlan } from '../../../db/queries/planning/plans.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlanForChange } from '../lookups.ts'
import { recordVersion, requirePlanVersion, termColumns } from '../plan-state.ts'
import { presentPlan } from '../present.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['restore-plan'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requirePlanForChange(transaction, params.planId)
  requireVersion(current.version, expectedVersion)
  const { state } = await requirePlanVersion(transaction, current, body.version)
  const plan = await updatePlan(transaction, current.id, termColumns(state.plan))
  await replaceInputs(transaction, plan, state.inputs)
  await recordVersion(transaction, plan, 'restored', body.version)
  return ok(presentPlan(plan), plan.version)
})
