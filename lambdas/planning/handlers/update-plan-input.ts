import { findCurrentPlanInput, supersedePlanInput, updatePlan } from '../../../db/queries/planning/plans.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { inputColumns } from '../input-columns.ts'
import { requireFreeLink } from '../linked-accounts.ts'
import { requirePlanForChange } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { presentPlanInput } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-plan-input'], async ({ body, params, transaction }) => {
  const plan = await requirePlanForChange(transaction, params.planId)
  const old = await findCurrentPlanInput(transaction, plan.id, params.inputId)
  if (!old) throw notFound('current input')
  await requireFreeLink(transaction, plan, body, old)
  const row = await supersedePlanInput(transaction, old, { ...inputColumns(plan, body), householdId: plan.householdId, planId: plan.id })
  await recordVersion(transaction, await updatePlan(transaction, plan.id, {}), 'input_replaced')
  return ok(presentPlanInput(row))
})
