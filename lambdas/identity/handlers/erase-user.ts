import { erasePerson } from '../../../db/queries/operations/index.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { keptAfterErasure } from '../erasure-schemas.ts'
import { requireErasure } from '../refuse-erasure.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['erase-user'], async ({ params, transaction, user }) => {
  const answer = await erasePerson(transaction, { userId: params.userId, kind: 'admin', requestedBy: user.id })
  const erasure = requireErasure(answer, {
    held: `A legal hold keeps the data of this person or of their households: ${answer.heldBy.join(', ')}. Release it first.`,
    lastOwner: 'This person is the only owner of households with other members. Another member must become an owner first:',
  })
  return ok({ ...erasure, kept: keptAfterErasure })
})
