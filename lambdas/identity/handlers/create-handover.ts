import { memberRows, membersOf } from '../../../db/queries/identity/households.ts'
import { invalidReference, invalidValue } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { members } from '../resources.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['create-handover'], async ({ body, params, transaction, user }) => {
  const within = membersOf(params.householdId)
  if (body.userId === user.id) throw invalidValue('body.userId', 'must be another member')
  const promoted = await memberRows.update(transaction, body.userId, { role: 'owner' }, undefined, within)
  if ('refused' in promoted) throw invalidReference('body.userId', 'member of this household')
  const demoted = await memberRows.update(transaction, user.id, { role: 'editor' }, undefined, within)
  return ok({ newOwner: members.present(promoted.row), previousOwner: members.present(requireRow(demoted, members)) })
})
