import { acceptInvitation, memberRows, membersOf } from '../../../db/queries/identity/households.ts'
import { Problem } from '../../runtime/problem.ts'
import { created, serve } from '../../runtime/serve.ts'
import { hashOfToken } from '../invitation-tokens.ts'
import { members } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['accept-invitation'], async ({ body, transaction, user }) => {
  const householdId = await acceptInvitation(transaction, hashOfToken(body.token))
  if (householdId === undefined)
    throw new Problem('invitation-not-valid', 'This invitation is not valid. Ask an owner of the household for a new one.')
  const membership = await memberRows.find(transaction, user.id, membersOf(householdId))
  return created(members.present(membership!), `/v1/identity/households/${householdId}/members/${user.id}`, membership!.version)
})
