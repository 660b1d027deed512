import { findCurrentPlanInput, removePlanInput, updatePlan } from '../../../db/queries/planning/plans.ts'
import { notFound } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { requirePlanForChange } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['delete-plan-input'], async ({ params, transaction }) => {
  const plan = await requirePlanForChange(transaction, params.planId)
  const input = await findCurrentPlanInput(transaction, plan.id, params.inputId)
  if (!input) throw notFound('current input')
  await removePlanInput(transaction, input.id)
  await recordVersion(transaction, await updatePlan(transaction, plan.id, {}), 'input_removed')
  return noContent()
})
