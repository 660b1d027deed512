import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { findRecurring } from '../detect.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['detect-recurring'], async ({ body, transaction }) => {
  const household = await requireEditableHousehold(transaction, body.householdId)
  return ok({ found: await findRecurring(transaction, household.id, todayIn(household.timezone)) })
})
