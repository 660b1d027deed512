import { insertHousehold } from '../../../db/queries/identity/identity.ts'
import { created, serve } from '../../runtime/serve.ts'
import { presentHousehold } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['create-household'], async ({ body, transaction }) => {
  const household = await insertHousehold(transaction, body)
  return created(presentHousehold(household), `/v1/identity/households/${household.id}`, household.version)
})
