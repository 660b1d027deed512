import { updateAssumptionSet } from '../../../db/queries/planning/assumptions.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireAssumptionSetForChange } from '../lookups.ts'
import { presentAssumptionSet } from '../present.ts'
import { planningRoutes } from '../routes.ts'

export const handler = serve(planningRoutes['update-assumption-set'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requireAssumptionSetForChange(transaction, params.assumptionSetId)
  requireVersion(current.rowVersion, expectedVersion)
  const row = await updateAssumptionSet(transaction, current.id, body)
  return ok(presentAssumptionSet(row), row.rowVersion)
})
