import { differencesOf } from '../../../domain/shared/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePortfolio, requirePortfolioVersion } from '../portfolio-state.ts'
import { portfolioVersions } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['compare-portfolio-versions'], async ({ params, query, transaction }) => {
  const { id, version } = await requirePortfolio(transaction, params.portfolioId)
  const before = await requirePortfolioVersion(transaction, id, query.from)
  const after = await requirePortfolioVersion(transaction, id, query.to ?? version)
  return ok({
    from: portfolioVersions.presentItem(before),
    to: portfolioVersions.presentItem(after),
    differences: differencesOf('', { ...before.state }, { ...after.state }),
  })
})
