import { portfolioModelRows } from '../../../db/queries/planning/assumptions.ts'
import type { Allocation } from '../../../domain/planning/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, requireCovered } from '../lookups.ts'
import { modelFigures } from '../model-figures.ts'
import { portfolioModels } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-portfolio-model'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await portfolioModelRows.lock(transaction, params.portfolioModelId, expectedVersion), portfolioModels)
  const figures = async (allocation: Allocation) => {
    const assumptions = await referredAssumptionSet(transaction, current.householdId, current.cmaId)
    requireCovered(assumptions, allocation, 'body.assetAllocation')
    return modelFigures(assumptions, allocation)
  }
  const change = { ...body, ...(body.assetAllocation && (await figures(body.assetAllocation))) }
  const row = requireRow(await portfolioModelRows.update(transaction, current.id, change, current.rowVersion), portfolioModels)
  return ok(portfolioModels.present(row), row.rowVersion)
})
