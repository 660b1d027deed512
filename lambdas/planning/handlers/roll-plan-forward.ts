import { householdRows } from '../../../db/queries/identity/index.ts'
import { rollPlanForward } from '../../../domain/planning/index.ts'
import { fieldProblem, invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { missingIssues } from '../actual-balances.ts'
import { atBody } from '../at-body.ts'
import { linkedAccountOf } from '../linked-accounts.ts'
import { lockPlan } from '../lookups.ts'
import { readPlanState } from '../plan-state.ts'
import { plans } from '../resources.ts'
import { assumedPriceChange, readOpening, storeOpening } from '../roll-forward.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['roll-plan-forward'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockPlan(transaction, params.planId, expectedVersion)
  const household = await householdRows.find(transaction, current.householdId)
  const today = todayIn(household!.timezone)
  const { balances: given, date = today } = body
  if (date > today) throw invalidValue('body.date', `must not be after today, ${today}`)
  const { inputs } = await readPlanState(transaction, current)
  const { found, missing } = await readOpening(transaction, current.householdId, inputs, date, given)
  // A balance of no linked account is the first fault to say: rollPlanForward names it.
  const areLinked = (given ?? []).every(({ linkedAccountId }) => inputs.some(input => linkedAccountOf(input) === linkedAccountId))
  if (missing.length > 0 && areLinked) throw fieldProblem('invalid-value', missingIssues(missing))
  const balances = [...(given ?? []), ...found]
  const priceChange = body.priceChange === 'assumed' ? await assumedPriceChange(transaction, current, date) : body.priceChange
  const opening = await atBody(() => rollPlanForward({ ...current, inputs }, { date, balances, priceChange }))
  const plan = await storeOpening(transaction, current, opening, 'body')
  return ok(plans.present(plan), plan.version)
})
