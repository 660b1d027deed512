import { compareScenarios } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredPlan, requirePlan } from '../lookups.ts'
import { readSpecification } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['compare-plans'], async ({ body, params, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const other = await referredPlan(transaction, body.otherPlanId, 'body.otherPlanId')
  const request = { ...body, randomSeed: body.randomSeed ?? String(plan.randomSeed), shards: 1, flowTiming: 'begin' } as const
  const first = await readSpecification(transaction, plan, request)
  const second = await readSpecification(transaction, other, request)
  return ok(compareScenarios(first.specification, second.specification))
})
