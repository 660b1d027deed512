import { exportFile, exportPerson, ExportTooLarge } from '../../../db/queries/operations/index.ts'
import { Problem } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { identityRoutes } from '../routes.ts'

const recentSeconds = 15 * 60
/** An answer of Lambda has at most 6 MB. */
const mostBytes = 5_000_000

export const handler = serve(identityRoutes['export-me'], async ({ request: { issuedAt = 0 }, transaction, user }) => {
  if (Date.now() / 1000 - issuedAt > recentSeconds)
    throw new Problem('sign-in-required', 'Sign in again first: an export needs a sign-in of the last 15 minutes.', {
      headers: { 'www-authenticate': 'Bearer' },
    })
  const exported = await exportPerson(transaction, user.id, mostBytes).catch((error: unknown) => {
    throw error instanceof ExportTooLarge
      ? new Problem('export-too-large', 'Your data has more than 5 MB. Ask the operator of this platform for the export.', { cause: error })
      : error
  })
  return ok(exportFile(exported))
})
