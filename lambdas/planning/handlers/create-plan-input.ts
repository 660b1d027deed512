import { insertPlanInput, updatePlan } from '../../../db/queries/planning/plans.ts'
import { created, serve } from '../../runtime/serve.ts'
import { inputColumns } from '../input-columns.ts'
import { requireFreeLink } from '../linked-accounts.ts'
import { requirePlan } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { presentPlanInput } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-plan-input'], async ({ body, params, transaction, user }) => {
  const plan = await requirePlan(transaction, params.planId, { forUpdate: true })
  await requireFreeLink(transaction, plan, body)
  const row = await insertPlanInput(transaction, { ...inputColumns(plan, body), userId: user.id, planId: plan.id })
  await recordVersion(transaction, await updatePlan(transaction, plan.id, {}), 'input_added')
  return created(presentPlanInput(row), `/v1/planning/plans/${plan.id}/inputs/${row.id}`)
})
