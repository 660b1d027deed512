import { storeImportPart } from '../../../db/queries/wealth/imports.ts'
import { noContent, serve } from '../../runtime/serve.ts'
import { lockOpenImport } from '../imports/read-import.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['store-import-part'], async ({ bulkBody, params, transaction }) => {
  const { bytes } = bulkBody()
  await storeImportPart(transaction, await lockOpenImport(transaction, params.importId), params.part, bytes)
  return noContent()
})
