import { listInstruments } from '../../../db/queries/market/instruments.ts'
import { page, readCursor } from '../../runtime/pagination.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { presentInstrument } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-instruments'], async ({ query: { cursor, limit, ...filter }, transaction }) => {
  const rows = await listInstruments(transaction, { limit, after: readCursor(cursor) }, filter)
  return ok(page(rows, limit, presentInstrument))
})
