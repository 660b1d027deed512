import { listAssumptionSets } from '../../../db/queries/planning/assumptions.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentAssumptionSetSummary } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['list-assumption-sets'], async ({ query, transaction }) => {
  const rows = await listAssumptionSets(transaction, { limit: query.limit, after: readCursor(query.cursor) })
  return ok(page(rows, query.limit, presentAssumptionSetSummary))
})
