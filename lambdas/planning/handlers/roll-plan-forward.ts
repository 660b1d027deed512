import { householdRows } from '../../../db/queries/identity/index.ts'
import { rollPlanForward } from '../../../domain/planning/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { atBody } from '../at-body.ts'
import { changePlan, lockPlan } from '../lookups.ts'
import { readPlanState, recordVersion } from '../plan-state.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['roll-plan-forward'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockPlan(transaction, params.planId, expectedVersion)
  const household = await householdRows.find(transaction, current.householdId)
  const today = todayIn(household!.timezone)
  if (body.date > today) throw invalidValue('body.date', `must not be after today, ${today}`)
  const { inputs } = await readPlanState(transaction, current)
  const { inputs: wanted, ...terms } = await atBody(() => rollPlanForward({ ...current, inputs }, body))
  const plan = await changePlan(transaction, current, terms)
  await replaceInputs(transaction, plan, wanted)
  await recordVersion(transaction, plan, 'rolled_forward', 'body', current.version)
  return ok(plans.present(plan), plan.version)
})
