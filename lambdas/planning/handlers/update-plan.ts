import { ok, serve } from '../../runtime/serve.ts'
import { changePlan, lockPlan, referredAssumptionSet, referredPortfolioModel, requireCovered } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-plan'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await lockPlan(transaction, params.planId, expectedVersion)
  if (body.cmaId !== undefined || body.portfolioModelId !== undefined) {
    const assumptions = await referredAssumptionSet(transaction, current.householdId, body.cmaId ?? current.cmaId)
    const model = await referredPortfolioModel(transaction, current.householdId, body.portfolioModelId ?? current.portfolioModelId)
    requireCovered(assumptions, model.assetAllocation, 'body.portfolioModelId')
  }
  const { confidenceLevel, randomSeed, ...rest } = body
  const plan = await changePlan(transaction, current, {
    ...rest,
    ...(randomSeed === undefined ? {} : { randomSeed: BigInt(randomSeed) }),
    ...(confidenceLevel === undefined ? {} : { confidenceLevel: confidenceLevel.toFixed(2) }),
  })
  await recordVersion(transaction, plan, 'updated', 'body')
  return ok(plans.present(plan), plan.version)
})
