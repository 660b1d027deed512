import type { Transaction } from '../../db/database.ts'
import { dropProposals, lockPair, restoreCategory, setTransferCategory, transferRows } from '../../db/queries/wealth/transfers.ts'
import type { CategoryBefore, transferStatuses } from '../../db/schema/wealth/transfers.ts'
import { requireRow } from '../runtime/resource/handlers.ts'
import { transfers } from './resources/transfers.ts'

type TransferRow = NonNullable<Awaited<ReturnType<typeof transferRows.find>>>

/** Gives a locked transfer a status, and its transactions the category that follows from it. */
export const decideTransfer = async (
  transaction: Transaction,
  row: TransferRow,
  status: (typeof transferStatuses)[number],
): Promise<TransferRow> => {
  if (row.status === status) return row
  const { id, inflowBefore, inflowId, outflowBefore, outflowId } = row
  const pair = await lockPair(transaction, row.householdId, [outflowId, inflowId])
  const before = (of: string): CategoryBefore => {
    const { category, categoryId, provenance } = pair.find(one => one.id === of)!
    return { category, categoryId, provenance: provenance['category'] ?? null }
  }
  if (status === 'confirmed') {
    await dropProposals(transaction, id, [outflowId, inflowId])
    const change = { status, outflowBefore: before(outflowId), inflowBefore: before(inflowId) }
    for (const one of pair) await setTransferCategory(transaction, one.id)
    return requireRow(await transferRows.update(transaction, id, change, row.version), transfers)
  }
  if (outflowBefore) await restoreCategory(transaction, outflowId, outflowBefore)
  if (inflowBefore) await restoreCategory(transaction, inflowId, inflowBefore)
  const change = { status, outflowBefore: null, inflowBefore: null }
  return requireRow(await transferRows.update(transaction, id, change, row.version), transfers)
}
