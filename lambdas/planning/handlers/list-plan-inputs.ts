import { listPlanInputs } from '../../../db/queries/planning/plans.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { presentPlanInput } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['list-plan-inputs'], async ({ params, query, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const rows = await listPlanInputs(transaction, plan.id, { limit: query.limit, after: readCursor(query.cursor) })
  return ok(page(rows, query.limit, presentPlanInput))
})
