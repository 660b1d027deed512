import { importRows } from '../../../db/queries/wealth/imports.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { lockOpenImport } from '../imports/read-import.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['delete-import'], async ({ expectedVersion, params, transaction }) => {
  const open = await lockOpenImport(transaction, params.importId, expectedVersion)
  requireRow(await importRows.remove(transaction, open.id, open.version), imports)
  return noContent()
})
