import { created, serve } from '../../runtime/serve.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { settleLots } from '../lots-of-entry.ts'
import { transactions } from '../resources/transactions.ts'
import { reverse } from '../reverse.ts'
import { wealthRoutes } from '../routes.ts'
import { storeEntry } from '../store-entry.ts'

export const handler = serve(wealthRoutes['reverse-transaction'], async ({ body, params, transaction }) => {
  const { account, reversal } = await reverse(transaction, params.transactionId, body)
  const replacement = body.replacement ? await storeEntry(transaction, account, body.replacement, 'body.replacement') : null
  const entered = new Map(replacement ? [[replacement.id, 'body.replacement']] : [])
  if (reversal.type !== 'cash' || (replacement && replacement.type !== 'cash')) await settleLots(transaction, account.householdId, entered)
  await askForLedgerWork({ kind: 'follow-up', householdId: account.householdId, scope: { accountId: account.id } })
  const answer = { reversal: transactions.present(reversal), replacement: replacement && transactions.present(replacement) }
  return created(answer, `${transactions.path}/${reversal.id}`)
})
