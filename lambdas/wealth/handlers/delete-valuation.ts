import { valuationRows } from '../../../db/queries/wealth/valuations.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { valuations } from '../resources/valuations.ts'
import { wealthRoutes } from '../routes.ts'
import { lockOwnValuation, within } from '../valuation-checks.ts'

export const handler = serve(wealthRoutes['delete-valuation'], async ({ expectedVersion, params, transaction }) => {
  const account = await requireAccount(transaction, params.accountId)
  const { id, version } = await lockOwnValuation(transaction, params, expectedVersion)
  requireRow(await valuationRows.remove(transaction, id, version, within(account.id)), valuations)
  return noContent()
})
