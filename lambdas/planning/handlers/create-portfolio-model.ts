import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { creating } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, requireCovered } from '../lookups.ts'
import { modelFigures } from '../model-figures.ts'
import { portfolioModels } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(
  planningRoutes['create-portfolio-model'],
  creating(portfolioModels, async ({ body, transaction }) => {
    await requireEditableHousehold(transaction, body.householdId)
    const assumptions = await referredAssumptionSet(transaction, body.householdId, body.cmaId)
    requireCovered(assumptions, body.assetAllocation, 'body.assetAllocation')
    return { ...body, ...modelFigures(assumptions, body.assetAllocation) }
  }),
)
