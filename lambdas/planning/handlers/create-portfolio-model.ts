import { insertPortfolioModel } from '../../../db/queries/planning/assumptions.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, requireCovered } from '../lookups.ts'
import { modelFigures } from '../model-figures.ts'
import { presentPortfolioModel } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['create-portfolio-model'], async ({ body, transaction }) => {
  await requireEditableHousehold(transaction, body.householdId)
  const assumptions = await referredAssumptionSet(transaction, body.householdId, body.cmaId)
  requireCovered(assumptions, body.assetAllocation, 'body.assetAllocation')
  const row = await insertPortfolioModel(transaction, { ...body, ...modelFigures(assumptions, body.assetAllocation) })
  return created(presentPortfolioModel(row), `/v1/planning/portfolio-models/${row.id}`, row.rowVersion)
})
