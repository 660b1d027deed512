import { labelColumns, ledgerRows, replaceSplits } from '../../../db/queries/wealth/index.ts'
import { issuesUnder } from '../../../domain/shared/index.ts'
import { splitTransaction } from '../../../domain/wealth/index.ts'
import { fieldProblem, invalidValue } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { categoryOf } from '../label-changes.ts'
import { transactions } from '../resources/transactions.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['split-transaction'], async ({ body, expectedVersion, params, transaction }) => {
  const current = requireRow(await ledgerRows.lock(transaction, params.transactionId, expectedVersion), transactions)
  const { splits } = body
  if (splits.length > 0 && Number(current.amount) === 0) throw invalidValue('body.splits', 'must be empty: the transaction has no amount')
  const divided = splits.length === 0 ? { amounts: [] } : splitTransaction(current.amount, splits, current.currency)
  if ('issues' in divided) throw fieldProblem('invalid-value', issuesUnder('body.splits', divided.issues))
  const parts = []
  for (const [index, { notes, ...part }] of splits.entries()) {
    const category = (await categoryOf(transaction, current.householdId, part, `body.splits.${index}`))!
    parts.push({ ...category, amount: divided.amounts[index]!, notes: notes ?? null })
  }
  await replaceSplits(transaction, current, parts)
  const change = labelColumns(parts.length > 0 ? { set: ['splits'], cleared: [] } : { set: [], cleared: ['splits'] })
  const row = requireRow(await ledgerRows.update(transaction, current.id, change, current.version), transactions)
  return ok(transactions.present(row), row.version)
})
