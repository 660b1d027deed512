import { ledgerRows } from '../../../db/queries/wealth/index.ts'
import { notFound } from '../../runtime/problem.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentChoice } from '../lot-choice.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['get-lot-choice'], async ({ params, transaction }) => {
  const row = await ledgerRows.find(transaction, params.transactionId)
  if (!row) throw notFound('transaction')
  return ok(await presentChoice(transaction, row), row.version)
})
