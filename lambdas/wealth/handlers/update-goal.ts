import { goalRows, linkGoal } from '../../../db/queries/wealth/goals.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { refuseGoal } from '../goal-checks.ts'
import { goals } from '../resources/goals.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-goal'], async ({ body, expectedVersion, params, transaction }) => {
  const { accountIds, ...values } = body
  const current = requireRow(await goalRows.lock(transaction, params.goalId, expectedVersion), goals)
  await refuseGoal(transaction, {
    householdId: current.householdId,
    currency: body.currency ?? current.currency,
    targetAmount: body.targetAmount ?? current.targetAmount,
    personId: body.personId,
    accountIds: accountIds ?? current.saved.accountIds,
  })
  if (accountIds) await linkGoal(transaction, current, accountIds)
  const goal = requireRow(await goalRows.update(transaction, current.id, values, current.version), goals)
  return ok(goals.present(goal), goal.version)
})
