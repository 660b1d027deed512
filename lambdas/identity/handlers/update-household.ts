import { findHousehold, updateHousehold } from '../../../db/queries/identity/identity.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentHousehold } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['update-household'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await findHousehold(transaction, params.householdId, { forUpdate: true })
  if (!current) throw notFound('household')
  requireVersion(current.version, expectedVersion)
  const household = await updateHousehold(transaction, current.id, body)
  return ok(presentHousehold(household), household.version)
})
