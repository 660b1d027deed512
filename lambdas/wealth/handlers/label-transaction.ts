import { labelColumns, ledgerRows } from '../../../db/queries/wealth/index.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { labelChange } from '../label-changes.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['label-transaction'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await ledgerRows.lock(transaction, params.transactionId, expectedVersion), transactions)
  const change = labelColumns(await labelChange(transaction, current.householdId, body, 'body'))
  const row = requireRow(await ledgerRows.update(transaction, current.id, change, current.version), transactions)
  return ok(transactions.present(row), row.version)
})
