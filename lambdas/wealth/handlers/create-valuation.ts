import { valuationRows } from '../../../db/queries/wealth/valuations.ts'
import { requireEditor } from '../../runtime/household-rights.ts'
import { created, serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { valuations } from '../resources/valuations.ts'
import { wealthRoutes } from '../routes.ts'
import { refuseValuation } from '../valuation-checks.ts'

export const handler = serve(wealthRoutes['create-valuation'], async ({ body, params, transaction }) => {
  const account = await requireAccount(transaction, params.accountId)
  await requireEditor(transaction, account.householdId)
  refuseValuation(account, body)
  const valuation = await valuationRows.insert(transaction, {
    ...body,
    date: body.date ?? account.balance.today,
    accountId: account.id,
    householdId: account.householdId,
  })
  return created(valuations.present(valuation), `/v1/wealth/accounts/${account.id}/valuations/${valuation.id}`, valuation.version)
})
