import { findPortfolioModel, updatePortfolioModel } from '../../../db/queries/planning/assumptions.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { notFound, Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, requireCovered } from '../lookups.ts'
import { modelFigures } from '../model-figures.ts'
import { presentPortfolioModel } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-portfolio-model'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await findPortfolioModel(transaction, params.portfolioModelId)
  if (!current) throw notFound('portfolio model')
  if (current.userId === null) throw new Problem('published-resource', 'Published models cannot be changed. Create your own.')
  requireVersion(current.rowVersion, expectedVersion)
  const allocation = body.assetAllocation ?? current.assetAllocation
  const assumptions = await referredAssumptionSet(transaction, current.cmaId)
  requireCovered(assumptions, allocation, 'body.assetAllocation')
  const row = await updatePortfolioModel(transaction, current.id, { ...body, ...modelFigures(assumptions, allocation) })
  if (!row) throw notFound('portfolio model')
  return ok(presentPortfolioModel(row), row.rowVersion)
})
