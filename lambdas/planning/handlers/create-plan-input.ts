import { planInputRows } from '../../../db/queries/planning/plans.ts'
import { created, serve } from '../../runtime/serve.ts'
import { inputColumns } from '../input-columns.ts'
import { requireLinkedAccount } from '../linked-accounts.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { planInputs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'
import { requireUniqueInput } from '../unique-input.ts'

export const handler = serve(planningRoutes['create-plan-input'], async ({ body, params, transaction }) => {
  const plan = await lockPlan(transaction, params.planId)
  await requireUniqueInput(transaction, plan, body)
  await requireLinkedAccount(transaction, plan.householdId, body)
  const row = await planInputRows.insert(transaction, { ...inputColumns(plan, body), householdId: plan.householdId, planId: plan.id })
  await recordVersion(transaction, await changePlan(transaction, plan, {}), 'input_added', 'body.inputValue')
  return created(planInputs.present(row), `/v1/planning/plans/${plan.id}/inputs/${row.id}`)
})
