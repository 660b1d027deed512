import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { proposeTransfers } from '../detect.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['detect-transfers'], async ({ body, transaction }) => {
  await requireEditableHousehold(transaction, body.householdId)
  return ok({ found: await proposeTransfers(transaction, body.householdId) })
})
