import { accountsOfHousehold } from '../../../db/queries/wealth/accounts.ts'
import { linkPortfolio, portfolioRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { lockPortfolio, recordPortfolio, requirePortfolioVersion } from '../portfolio-state.ts'
import { portfolios } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['restore-portfolio'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockPortfolio(transaction, params.portfolioId, expectedVersion)
  const { accountIds, ...settings } = (await requirePortfolioVersion(transaction, current.id, body.version)).state
  const open = new Set(
    (await accountsOfHousehold(transaction, current.householdId)).filter(({ closedOn }) => closedOn === null).map(({ id }) => id),
  )
  await linkPortfolio(
    transaction,
    current,
    accountIds.filter(id => open.has(id)),
  )
  requireRow(await portfolioRows.update(transaction, current.id, settings, current.version), portfolios)
  const portfolio = await recordPortfolio(transaction, current.id, 'restored', body.version)
  return ok(portfolios.present(portfolio), portfolio.version)
})
