import { findUser, updateUser } from '../../../db/queries/identity/identity.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentUser } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['update-me'], async ({ body, expectedVersion, transaction, user }) => {
  const current = await findUser(transaction, user.id, { forUpdate: true })
  if (!current) throw notFound('user')
  requireVersion(current.version, expectedVersion)
  const me = await updateUser(transaction, user.id, body)
  return ok(presentUser(me), me.version)
})
