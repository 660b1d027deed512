import { securityClassRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { refuseClasses } from '../portfolio-checks.ts'
import { securityClasses } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['update-security-class'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await securityClassRows.lock(transaction, params.securityClassId, expectedVersion), securityClasses)
  if (body.classes) refuseClasses(body.classes)
  const row = requireRow(await securityClassRows.update(transaction, current.id, body, current.version), securityClasses)
  return ok(securityClasses.present(row), row.version)
})
