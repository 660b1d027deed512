import { markOldestDefault, portfolioRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { lockPortfolio } from '../portfolio-state.ts'
import { portfolios } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-portfolio'], async ({ expectedVersion, params, transaction }) => {
  const current = await lockPortfolio(transaction, params.portfolioId, expectedVersion)
  requireRow(await portfolioRows.remove(transaction, current.id, current.version), portfolios)
  if (current.isDefault) await markOldestDefault(transaction, current.householdId)
  return noContent()
})
