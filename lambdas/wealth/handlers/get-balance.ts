import { findBalance } from '../../../db/queries/wealth/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-balance'], async ({ params, query, transaction }) => {
  const date = query.date ?? null
  const found = await findBalance(transaction, params.accountId, date)
  if (!found) throw notFound('account')
  const { balance, currency, id: accountId, name: accountName, openingBalance, type: accountType } = found
  return ok({ accountId, accountName, accountType, currency, date, openingBalance, balance })
})
