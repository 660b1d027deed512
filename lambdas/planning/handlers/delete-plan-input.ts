import { findCurrentPlanInput, removePlanInput } from '../../../db/queries/planning/plans.ts'
import { notFound } from '../../runtime/problem.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { planInputs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['delete-plan-input'], async ({ params, transaction }) => {
  const plan = await lockPlan(transaction, params.planId)
  const input = await findCurrentPlanInput(transaction, plan.id, params.inputId)
  if (!input) throw notFound(planInputs.one)
  await removePlanInput(transaction, input.id)
  await recordVersion(transaction, await changePlan(transaction, plan, {}), 'input_removed')
  return noContent()
})
