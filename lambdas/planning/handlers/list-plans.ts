import { listPlans } from '../../../db/queries/planning/plans.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentPlan } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['list-plans'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const rows = await listPlans(transaction, { limit, after: readCursor(cursor) }, filter)
  return ok(page(rows, limit, presentPlan))
})
