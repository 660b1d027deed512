import { valuationRows } from '../../../db/queries/wealth/valuations.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { valuations } from '../resources/valuations.ts'
import { wealthRoutes } from '../routes.ts'
import { lockOwnValuation, refuseValuation, within } from '../valuation-checks.ts'

export const handler = serve(wealthRoutes['update-valuation'], async ({ body, expectedVersion, params, transaction }) => {
  const account = await requireAccount(transaction, params.accountId)
  const { id, version } = await lockOwnValuation(transaction, params, expectedVersion)
  refuseValuation(account, body)
  const valuation = requireRow(await valuationRows.update(transaction, id, body, version, within(account.id)), valuations)
  return ok(valuations.present(valuation), valuation.version)
})
