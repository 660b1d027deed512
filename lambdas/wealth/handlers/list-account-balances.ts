import { balancesOn } from '../../../db/queries/wealth/valuations.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireAccount } from '../account-checks.ts'
import { wealthRoutes } from '../routes.ts'
import { datesOf } from '../trend.ts'

export const handler = serve(wealthRoutes['list-account-balances'], async ({ params, query, transaction }) => {
  const { balance, currency, id } = await requireAccount(transaction, params.accountId)
  const rows = await balancesOn(transaction, { accountId: id }, datesOf(query, balance.today))
  return ok({ accountId: id, currency, items: rows.map(row => ({ date: row.date, balance: row.balance })) })
})
