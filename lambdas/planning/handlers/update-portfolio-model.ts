import { updatePortfolioModel } from '../../../db/queries/planning/assumptions.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, requireCovered, requirePortfolioModelForChange } from '../lookups.ts'
import { modelFigures } from '../model-figures.ts'
import { presentPortfolioModel } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-portfolio-model'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requirePortfolioModelForChange(transaction, params.portfolioModelId)
  requireVersion(current.rowVersion, expectedVersion)
  const allocation = body.assetAllocation ?? current.assetAllocation
  const assumptions = await referredAssumptionSet(transaction, current.householdId, current.cmaId)
  requireCovered(assumptions, allocation, 'body.assetAllocation')
  const row = await updatePortfolioModel(transaction, current.id, { ...body, ...modelFigures(assumptions, allocation) })
  return ok(presentPortfolioModel(row), row.rowVersion)
})
