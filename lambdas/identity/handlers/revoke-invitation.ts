import { revokeInvitation } from '../../../db/queries/identity/households.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { invitations } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['revoke-invitation'], async ({ params, transaction }) => {
  requireRow(await revokeInvitation(transaction, params.householdId, params.invitationId), invitations)
  return noContent()
})
