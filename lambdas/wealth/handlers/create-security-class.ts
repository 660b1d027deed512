import { securityClassRows } from '../../../db/queries/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { refuseClasses } from '../portfolio-checks.ts'
import { securityClasses } from '../resources/portfolios.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-security-class'], async ({ body, transaction }) => {
  await requireEditableHousehold(transaction, body.householdId)
  refuseClasses(body.classes)
  const row = await securityClassRows.insert(transaction, body)
  return created(securityClasses.present(row), `${securityClasses.path}/${row.id}`, row.version)
})
