import { findPortfolioModel } from '../../../db/queries/planning/assumptions.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentPortfolioModel } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['get-portfolio-model'], async ({ params, transaction }) => {
  const row = await findPortfolioModel(transaction, params.portfolioModelId)
  if (!row) throw notFound('portfolio model')
  return ok(presentPortfolioModel(row), row.rowVersion)
})
