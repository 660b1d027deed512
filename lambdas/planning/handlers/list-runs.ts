import { listRuns } from '../../../db/queries/planning/runs.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requirePlan } from '../lookups.ts'
import { presentRunSummary } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['list-runs'], async ({ params, query, transaction }) => {
  const plan = await requirePlan(transaction, params.planId)
  const rows = await listRuns(transaction, plan.id, { limit: query.limit, after: readCursor(query.cursor) })
  return ok(page(rows, query.limit, presentRunSummary))
})
