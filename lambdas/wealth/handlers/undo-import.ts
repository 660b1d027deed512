import { sql } from 'drizzle-orm'
import { accountRows } from '../../../db/queries/wealth/accounts.ts'
import { importRows, removeImported } from '../../../db/queries/wealth/imports.ts'
import { confirmedOfImport } from '../../../db/queries/wealth/transfers.ts'
import { Problem } from '../../runtime/problem.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { decideTransfer } from '../decide-transfer.ts'
import type { ImportedAccount } from '../imports/store-import.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['undo-import'], async ({ expectedVersion, params, transaction }) => {
  const row = requireRow(await importRows.lock(transaction, params.importId, expectedVersion), imports)
  if (row.status !== 'committed') throw new Problem('import-not-committed', `This import is ${row.status}: there is nothing to undo.`)
  for (const transfer of await confirmedOfImport(transaction, row.id)) await decideTransfer(transaction, transfer, 'dismissed')
  await removeImported(transaction, row.id)
  for (const { accountId, openingBalanceBefore } of row.accounts as ImportedAccount[]) {
    if (accountId !== null && openingBalanceBefore !== null)
      await accountRows.update(transaction, accountId, { openingBalance: openingBalanceBefore }, undefined)
  }
  const change = { status: 'undone' as const, undoneAt: sql`now()` }
  const undone = requireRow(await importRows.update(transaction, row.id, change, row.version), imports)
  return ok(imports.present(undone), undone.version)
})
