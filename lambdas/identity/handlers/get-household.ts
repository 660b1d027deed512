import { findHousehold } from '../../../db/queries/identity/identity.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentHousehold } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['get-household'], async ({ params, transaction }) => {
  const household = await findHousehold(transaction, params.householdId)
  if (!household) throw notFound('household')
  return ok(presentHousehold(household), household.version)
})
