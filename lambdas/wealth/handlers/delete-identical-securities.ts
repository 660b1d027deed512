import { identicalSecurityRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { identicalSecurities } from '../resources/identical-securities.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-identical-securities'], async ({ expectedVersion, params, transaction }) => {
  const row = requireRow(await identicalSecurityRows.remove(transaction, params.pairId, expectedVersion), identicalSecurities)
  await recalculateInRequest(transaction, row.householdId)
  return noContent()
})
