import { ok, serve } from '../../runtime/serve.ts'
import { requirePortfolio, requirePortfolioVersion } from '../portfolio-state.ts'
import { portfolioVersions } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-portfolio-version'], async ({ params, transaction }) => {
  const { id } = await requirePortfolio(transaction, params.portfolioId)
  const version = await requirePortfolioVersion(transaction, id, params.version)
  return ok({ ...portfolioVersions.presentItem(version), portfolio: version.state })
})
