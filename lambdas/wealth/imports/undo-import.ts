import { sql } from 'drizzle-orm'
import type { Transaction } from '../../../db/database.ts'
import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { type Import, importRows, removeImported } from '../../../db/queries/wealth/imports.ts'
import { confirmedOfImport } from '../../../db/queries/wealth/transfers.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { decideTransfer } from '../decide-transfer.ts'
import { imports } from '../resources/imports.ts'
import { type ImportedAccount, notWorking } from './store-import.ts'

/** How many transactions an import has stored. */
export const storedCount = ({ accounts }: Import): number =>
  ((accounts ?? []) as readonly ImportedAccount[]).reduce((sum, { stored }) => sum + (stored ?? 0), 0)

/** Removes the transactions of a locked import, and gives back what it has changed. */
export const undoImport = async (transaction: Transaction, row: Import): Promise<Import> => {
  for (const transfer of await confirmedOfImport(transaction, row.id)) await decideTransfer(transaction, transfer, 'dismissed')
  await removeImported(transaction, row.id)
  for (const { accountId, openingBalanceBefore } of row.accounts as ImportedAccount[]) {
    if (accountId !== null && openingBalanceBefore !== null)
      await accountRows.update(transaction, accountId, { openingBalance: openingBalanceBefore }, undefined)
  }
  const change = { ...notWorking, status: 'undone' as const, undoneAt: sql`now()` }
  return requireRow(await importRows.update(transaction, row.id, change, row.version), imports)
}
