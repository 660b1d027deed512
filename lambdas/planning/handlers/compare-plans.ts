import { comparePlans } from '../../../domain/planning/index.ts'
import { invalidValue } from '../../runtime/problem.ts'
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
  if (first.specification.paths !== second.specification.paths) {
    const horizons = `${plan.planningHorizonYears} and ${other.planningHorizonYears} years`
    const message = `must have the horizon of the first plan in a historical replay, which has one path per start year: they are ${horizons}`
    throw invalidValue('body.otherPlanId', message)
  }
  return ok(
    comparePlans(
      { asOfDate: plan.asOfDate, specification: first.specification },
      { asOfDate: other.asOfDate, specification: second.specification },
    ),
  )
})
