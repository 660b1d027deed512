import { inputsOf, planInputRows, removePlanInput } from '../../../db/queries/planning/plans.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { planInputs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['delete-plan-input'], async ({ params, transaction }) => {
  const plan = await lockPlan(transaction, params.planId)
  const input = requireRow(await planInputRows.lock(transaction, params.inputId, undefined, inputsOf(plan.id)), planInputs)
  await removePlanInput(transaction, input.id)
  await recordVersion(transaction, await changePlan(transaction, plan, {}), 'input_removed', 'path.inputId')
  return noContent()
})
