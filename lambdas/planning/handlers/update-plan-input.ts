import { inputsOf, planInputRows, supersedePlanInput } from '../../../db/queries/planning/plans.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { inputColumns } from '../input-columns.ts'
import { requireLinkedAccount } from '../linked-accounts.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { planInputs } from '../resources.ts'
import { planningRoutes } from '../routes.ts'
import { requireUniqueInput } from '../unique-input.ts'

export const handler = serve(planningRoutes['update-plan-input'], async ({ body, params, transaction }) => {
  const plan = await lockPlan(transaction, params.planId)
  const old = requireRow(await planInputRows.lock(transaction, params.inputId, undefined, inputsOf(plan.id)), planInputs)
  await requireUniqueInput(transaction, plan, body, old)
  await requireLinkedAccount(transaction, plan.householdId, body, old)
  const columns = { ...inputColumns(plan, body), householdId: plan.householdId, planId: plan.id, sortKey: old.sortKey }
  const row = await supersedePlanInput(transaction, old, columns)
  await recordVersion(transaction, await changePlan(transaction, plan, {}), 'input_replaced', 'body.inputValue')
  return ok(planInputs.present(row))
})
