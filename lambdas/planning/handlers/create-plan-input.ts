import { insertPlanInput, updatePlan } from '../../../db/queries/planning/plans.ts'
import { created, serve } from '../../runtime/serve.ts'
import { inputColumns } from '../input-columns.ts'
import { requireFreeLink } from '../linked-accounts.ts'
import { requirePlanForChange } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { presentPlanInput } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-plan-input'], async ({ body, params, transaction }) => {
  const plan = await requirePlanForChange(transaction, params.planId)
  await requireFreeLink(transaction, plan, body)
  const row = await insertPlanInput(transaction, { ...inputColumns(plan, body), householdId: plan.householdId, planId: plan.id })
  await recordVersion(transaction, await updatePlan(transaction, plan.id, {}), 'input_added')
  return created(presentPlanInput(row), `/v1/planning/plans/${plan.id}/inputs/${row.id}`)
})
