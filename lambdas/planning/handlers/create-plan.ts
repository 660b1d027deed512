import { randomBytes } from 'node:crypto'
import { planRows } from '../../../db/queries/planning/plans.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { todayIn } from '../../runtime/today.ts'
import { referredAssumptionSet, referredPlan, referredPortfolioModel, requireCovered } from '../lookups.ts'
import { recordVersion } from '../plan-state.ts'
import { plans } from '../resources.ts'
import { planningRoutes } from '../routes.ts'

/** 63 random bits, so that the seed is a positive bigint. */
const drawSeed = (): bigint => randomBytes(8).readBigUInt64BE() >> 1n

export const handler = serve(planningRoutes['create-plan'], async ({ body, transaction }) => {
  const household = await requireEditableHousehold(transaction, body.householdId)
  if (body.parentPlanId) await referredPlan(transaction, body.parentPlanId, 'body.parentPlanId', household.id)
  const assumptions = await referredAssumptionSet(transaction, household.id, body.cmaId)
  const model = await referredPortfolioModel(transaction, household.id, body.portfolioModelId)
  requireCovered(assumptions, model.assetAllocation, 'body.portfolioModelId')
  const plan = await planRows.insert(transaction, {
    ...body,
    cmaId: assumptions.id,
    asOfDate: body.asOfDate ?? todayIn(household.timezone),
    randomSeed: body.randomSeed === undefined ? drawSeed() : BigInt(body.randomSeed),
    confidenceLevel: body.confidenceLevel.toFixed(2),
  })
  await recordVersion(transaction, plan, 'created', 'body')
  return created(plans.present(plan), `/v1/planning/plans/${plan.id}`, plan.version)
})
