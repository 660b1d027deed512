import { findPreferences } from '../../../db/queries/identity/identity.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentPreferences } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['get-preferences'], async ({ transaction, user }) => {
  const row = await findPreferences(transaction, user.id)
  if (!row) throw notFound('preferences')
  return ok(presentPreferences(row), row.version)
})
