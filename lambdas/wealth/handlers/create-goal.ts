import { goalRows, linkGoal } from '../../../db/queries/wealth/goals.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { refuseGoal } from '../goal-checks.ts'
import { goals } from '../resources/goals.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-goal'], async ({ body, transaction }) => {
  const { accountIds, ...values } = body
  const household = await requireEditableHousehold(transaction, body.householdId)
  const currency = body.currency ?? household.currency
  await refuseGoal(transaction, { ...body, currency, personId: body.personId, accountIds })
  const inserted = await goalRows.insert(transaction, { ...values, currency })
  await linkGoal(transaction, inserted, accountIds)
  const goal = (await goalRows.find(transaction, inserted.id))!
  return created(goals.present(goal), `/v1/wealth/goals/${goal.id}`, goal.version)
})
