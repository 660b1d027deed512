import { findUser } from '../../../db/queries/identity/identity.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentUser } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['get-me'], async ({ transaction, user }) => {
  const me = await findUser(transaction, user.id)
  if (!me) throw notFound('user')
  return ok(presentUser(me), me.version)
})
