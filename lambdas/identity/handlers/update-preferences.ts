import { findPreferences, updatePreferences } from '../../../db/queries/identity/identity.ts'
import { requireVersion } from '../../runtime/etag.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentPreferences } from '../present.ts'
import { identityRoutes } from '../routes.ts'

export const handler = serve(identityRoutes['update-preferences'], async ({ body, expectedVersion, transaction, user }) => {
  const current = await findPreferences(transaction, user.id, { forUpdate: true })
  if (!current) throw notFound('preferences')
  requireVersion(current.version, expectedVersion)
  const row = await updatePreferences(transaction, user.id, body)
  return ok(presentPreferences(row), row.version)
})
