import { sql } from 'drizzle-orm'
import { importRows } from '../../../db/queries/wealth/imports.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { accepted, ok, serve } from '../../runtime/serve.ts'
import { lockCommittedImport } from '../imports/read-import.ts'
import { storedInRequest } from '../imports/store-import.ts'
import { storedCount, undoImport } from '../imports/undo-import.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { recalculateInRequest } from '../recalculate-lots.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['undo-import'], async ({ expectedVersion, params, transaction }) => {
  const row = await lockCommittedImport(transaction, params.importId, expectedVersion)
  if (storedCount(row) <= storedInRequest) {
    const undone = await undoImport(transaction, row)
    await recalculateInRequest(transaction, row.householdId)
    return ok(imports.present(undone), undone.version)
  }
  const change = { status: 'undoing' as const, workingSince: sql`now()`, failure: null }
  const undoing = requireRow(await importRows.update(transaction, row.id, change, row.version), imports)
  await askForLedgerWork({ kind: 'undo-import', householdId: row.householdId, importId: row.id })
  return accepted(imports.present(undoing), `/v1/wealth/imports/${row.id}`, undoing.version)
})
