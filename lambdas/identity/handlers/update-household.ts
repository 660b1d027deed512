import { findHousehold, updateHousehold } from '../../../db/queries/identity/identity.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { requireForChange } from '../../runtime/household-rights.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentHousehold } from '../present.ts'
import { identityRoutes } from '../routes.ts'

const ownersOnly = () => new Problem(403, 'Only owners of this household may change this.')

export const handler = serve(identityRoutes['update-household'], async ({ body, expectedVersion, params, transaction }) => {
  const current = await requireForChange('household', lock => findHousehold(transaction, params.householdId, lock), ownersOnly)
  requireVersion(current.version, expectedVersion)
  const household = await updateHousehold(transaction, current.id, body)
  return ok(presentHousehold(household), household.version)
})
