import { created, serve } from '../../runtime/serve.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { settleLots } from '../lots-of-entry.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'
import { lockAccount, storeEntry } from '../store-entry.ts'

export const handler = serve(wealthRoutes['create-transaction'], async ({ body, transaction }) => {
  const { accountId, ...entry } = body
  const account = await lockAccount(transaction, accountId, 'body.accountId')
  const row = await storeEntry(transaction, account, entry, 'body')
  if (row.type !== 'cash') await settleLots(transaction, account.householdId, new Map([[row.id, 'body']]))
  await askForLedgerWork({ kind: 'follow-up', householdId: account.householdId, scope: { accountId } })
  return created(transactions.present(row), `${transactions.path}/${row.id}`, row.version)
})
