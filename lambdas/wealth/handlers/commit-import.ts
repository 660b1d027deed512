import { sql } from 'drizzle-orm'
import { importRows } from '../../../db/queries/wealth/imports.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { accepted, ok, serve } from '../../runtime/serve.ts'
import { decideImport } from '../imports/decide-import.ts'
import { lockOpenImport } from '../imports/read-import.ts'
import { storedInRequest, storeImport } from '../imports/store-import.ts'
import { askForLedgerWork } from '../ledger-work.ts'
import { imports } from '../resources/imports.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['commit-import'], async ({ body, expectedVersion, params, transaction }) => {
  const open = await lockOpenImport(transaction, params.importId, expectedVersion)
  const decided = await decideImport(transaction, open, body)
  if (decided.counts.newCount <= storedInRequest) {
    const committed = await storeImport(transaction, open, decided, body)
    return ok(imports.present(committed), committed.version)
  }
  const change = { status: 'storing' as const, reading: body, workingSince: sql`now()`, failure: null }
  const storing = requireRow(await importRows.update(transaction, open.id, change, open.version), imports)
  await askForLedgerWork({ kind: 'store-import', householdId: open.householdId, importId: open.id })
  return accepted(imports.present(storing), `/v1/wealth/imports/${open.id}`, storing.version)
})
