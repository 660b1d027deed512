import { findAssumptionSet, updateAssumptionSet } from '../../../db/queries/planning/assumptions.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { notFound, Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentAssumptionSet } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-assumption-set'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await findAssumptionSet(transaction, params.assumptionSetId)
  if (!current) throw notFound('set of capital market assumptions')
  if (current.userId === null) throw new Problem('published-resource', 'Published assumptions cannot be changed. Create your own.')
  requireVersion(current.rowVersion, expectedVersion)
  const row = await updateAssumptionSet(transaction, current.id, body)
  if (!row) throw notFound('set of capital market assumptions')
  return ok(presentAssumptionSet(row), row.rowVersion)
})
