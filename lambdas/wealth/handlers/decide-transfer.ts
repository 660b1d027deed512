import { transferRows } from '../../../db/queries/wealth/transfers.ts'
import { requireRow } from '../../runtime/resource/handlers.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { decideTransfer } from '../decide-transfer.ts'
import { transfers } from '../resources/transfers.ts'
import { wealthRoutes } from '../routes.ts'

export const handler = serve(wealthRoutes['decide-transfer'], async ({ body, params, transaction }) => {
  const row = requireRow(await transferRows.lock(transaction, params.transferId), transfers)
  const decided = await decideTransfer(transaction, row, body.status)
  return ok(transfers.present(decided), decided.version)
})
