import { requireOwner } from '../../runtime/household-rights.ts'
import { listing } from '../../runtime/resource/handlers.ts'
import { serve } from '../../runtime/serve.ts'
import { invitations } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['list-invitations'], async context => {
  await requireOwner(context.transaction, context.params.householdId)
  return listing(invitations)(context)
})
