import { identicalSecurityRows } from '../../../db/queries/wealth/index.ts'
import { requireEditableHousehold } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { identicalSecurities } from '../resources/identical-securities.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['create-identical-securities'], async ({ body, transaction }) => {
  const { householdId, reason = null } = body
  await requireEditableHousehold(transaction, householdId)
  const [symbol, otherSymbol] = body.symbol < body.otherSymbol ? [body.symbol, body.otherSymbol] : [body.otherSymbol, body.symbol]
  const row = await identicalSecurityRows.insert(transaction, { householdId, symbol, otherSymbol, reason })
  await recalculateInRequest(transaction, householdId)
  return created(identicalSecurities.present(row), `${identicalSecurities.path}/${row.id}`, row.version)
})
