import { randomBytes } from 'node:crypto'
import { householdRows } from '../../../db/queries/identity/index.ts'
import { planRows } from '../../../db/queries/planning/plans.ts'
import { created, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { referredAssumptionSet, referredPlan, referredPortfolioModel, refersToNothing, requireCovered } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

/** 63 random bits, so that the seed is a positive bigint. */
const drawSeed = (): bigint => randomBytes(8).readBigUInt64BE() >> 1n

export const handler = serve(planningRoutes['create-plan'], async ({ body, transaction, user }) => {
  const household = await householdRows.find(transaction, body.householdId)
  if (!household) throw refersToNothing('body.householdId', 'household')
  if (body.parentPlanId) await referredPlan(transaction, body.parentPlanId, 'body.parentPlanId')
  const assumptions = await referredAssumptionSet(transaction, body.cmaId)
  const model = await referredPortfolioModel(transaction, body.portfolioModelId)
  requireCovered(assumptions, model.assetAllocation, 'body.portfolioModelId')
  const plan = await planRows.insert(transaction, {
    ...body,
    userId: user.id,
    cmaId: assumptions.id,
    asOfDate: body.asOfDate ?? todayIn(household.timezone),
    randomSeed: body.randomSeed === undefined ? drawSeed() : BigInt(body.randomSeed),
    confidenceLevel: body.confidenceLevel.toFixed(2),
  })
  await recordVersion(transaction, plan, 'created')
  return created(plans.present(plan), `/v1/planning/plans/${plan.id}`, plan.version)
})
