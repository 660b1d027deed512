import { updatePlan } from '../../../db/queries/planning/plans.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredAssumptionSet, referredPortfolioModel, requireCovered, requirePlanForChange } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { presentPlan } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-plan'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requirePlanForChange(transaction, params.planId)
  requireVersion(current.version, expectedVersion)
  if (body.cmaId !== undefined || body.portfolioModelId !== undefined) {
    const assumptions = await referredAssumptionSet(transaction, current.householdId, body.cmaId ?? current.cmaId)
    const model = await referredPortfolioModel(transaction, current.householdId, body.portfolioModelId ?? current.portfolioModelId)
    requireCovered(assumptions, model.assetAllocation, 'body.portfolioModelId')
  }
  const { confidenceLevel, randomSeed, ...rest } = body
  const plan = await updatePlan(transaction, current.id, {
    ...rest,
    ...(randomSeed === undefined ? {} : { randomSeed: BigInt(randomSeed) }),
    ...(confidenceLevel === undefined ? {} : { confidenceLevel: confidenceLevel.toFixed(2) }),
  })
  await recordVersion(transaction, plan, 'updated')
  return ok(presentPlan(plan), plan.version)
})
