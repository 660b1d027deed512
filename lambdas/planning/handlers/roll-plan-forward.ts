import { findHousehold } from '../../../db/queries/identity/index.ts'
import { updatePlan } from '../../../db/queries/planning/plans.ts'
import { rollPlanForward } from '../../../domain/planning/index.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { atBody } from '../at-body.ts'
import { requirePlan, requirePlanForChange } from '../lookups.ts'
import { readPlanState, recordVersion } from '../plan-state.ts'
import { presentPlan } from '../present.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['roll-plan-forward'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requirePlanForChange(transaction, params.planId)
  requireVersion(current.version, expectedVersion)
  const household = await findHousehold(transaction, current.householdId)
  const today = todayIn(household!.timezone)
  if (body.date > today) throw invalidValue('body.date', `must not be after today, ${today}`)
  const { inputs } = await readPlanState(transaction, current)
  const { inputs: wanted, ...terms } = atBody(() => rollPlanForward({ ...current, inputs }, body))
  const plan = await updatePlan(transaction, current.id, terms)
  await replaceInputs(transaction, plan, wanted)
  await recordVersion(transaction, plan, 'rolled_forward', current.version)
  return ok(presentPlan(plan), plan.version)
})
