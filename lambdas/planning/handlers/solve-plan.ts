import type * as z from 'zod'
import type { HouseholdSpec, solutionRequest, Solve } from '../../../domain/planning/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { atBody } from '../at-body.ts'
import { requirePlan } from '../lookups.ts'
import { readHousehold } from '../read-household.ts'
import { planningRoutes } from '../routes.ts'
import { analyseInRequest } from '../work-limits.ts'

/** The settings of a solver, with what a request may leave out. */
const solveOf = (body: z.output<typeof solutionRequest>, household: HouseholdSpec): Solve => {
  switch (body.solve) {
    case 'earliest_retirement':
      return { ...body, people: body.people ?? household.people.map(person => person.key) }
    case 'roth_conversions':
      return { ...body, endYear: body.endYear ?? household.years }
    default:
      return body
  }
}

export const handler = serve(planningRoutes['solve-plan'], async ({ body, params, phases }) => {
  const household = await phases.read(async transaction => readHousehold(transaction, await requirePlan(transaction, params.planId), body))
  const solution = { kind: 'solution', household, solve: solveOf(body, household) } as const
  return ok(await atBody(() => analyseInRequest<'solution'>(solution, body.iterations)))
})
