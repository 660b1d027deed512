import { invalidValue } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { referredPlan, requirePlan } from '../lookups.ts'
import { readSpecification } from '../read-specification.ts'
import { planningRoutes } from '../routes.ts'
import { analyseInRequest } from '../work-limits.ts'

export const handler = serve(planningRoutes['compare-plans'], async ({ body, params, phases }) => {
  const [first, second] = await phases.read(async transaction => {
    const plan = await requirePlan(transaction, params.planId)
    const other = await referredPlan(transaction, body.otherPlanId, 'body.otherPlanId')
    const request = { ...body, randomSeed: body.randomSeed ?? String(plan.randomSeed), shards: 1, flowTiming: 'begin' } as const
    const compared = async (one: typeof plan) => ({
      asOfDate: one.asOfDate,
      specification: (await readSpecification(transaction, one, request)).specification,
    })
    return [await compared(plan), await compared(other)] as const
  })
  if (first.specification.paths !== second.specification.paths) {
    const horizons = `${first.specification.years} and ${second.specification.years} years`
    const message = `must have the horizon of the first plan in a historical replay, which has one path per start year: they are ${horizons}`
    throw invalidValue('body.otherPlanId', message)
  }
  return ok(await analyseInRequest<'comparison'>({ kind: 'comparison', first, second }, body.iterations))
})
