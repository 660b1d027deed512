import { findHousehold } from '../../../db/queries/identity/index.ts'
import { updatePlan } from '../../../db/queries/planning/plans.ts'
import { rollPlanForward } from '../../../domain/planning/index.ts'
import { DomainError } from '../../../domain/shared/index.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { requirePlanForChange } from '../lookups.ts'
import { readPlanState, recordVersion } from '../plan-state.ts'
import { presentPlan } from '../present.ts'
import { refuse } from '../read-returns.ts'
import { replaceInputs } from '../replace-inputs.ts'
import { planningRoutes } from '../routes.ts'

/** In words of the body. */
const rolledForward = (...[plan, rollForward]: Parameters<typeof rollPlanForward>) => {
  try {
    return rollPlanForward(plan, rollForward)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const errors = error.issues.map(({ message, path }) => ({ path: `body.${path}`, message }))
    throw new Problem(422, `${errors[0]!.path}: ${errors[0]!.message}`, { errors })
  }
}

export const handler = serve(planningRoutes['roll-plan-forward'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requirePlanForChange(transaction, params.planId)
  requireVersion(current.version, expectedVersion)
  const household = await findHousehold(transaction, current.householdId)
  const today = todayIn(household!.timezone)
  if (body.date > today) throw refuse('body.date', `lies in the future: it is ${today}`)
  const { inputs } = await readPlanState(transaction, current)
  const { inputs: wanted, ...terms } = rolledForward({ ...current, inputs }, body)
  const plan = await updatePlan(transaction, current.id, terms)
  await replaceInputs(transaction, plan, wanted)
  await recordVersion(transaction, plan, 'rolled_forward', current.version)
  return ok(presentPlan(plan), plan.version)
})
