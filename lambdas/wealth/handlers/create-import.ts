import { importRows } from '../../../db/queries/wealth/imports.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-import'], async ({ body, transaction }) => {
  await requireEditableHousehold(transaction, body.householdId)
  const begun = await importRows.insert(transaction, body)
  return created(imports.present(begun), `/v1/wealth/imports/${begun.id}`, begun.version)
})
