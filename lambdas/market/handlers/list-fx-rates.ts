import { listFxRates } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { pageByDay, readDay } from '../place-cursor.ts'
import { presentFxRate } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-fx-rates'], async ({ query: { base, cursor, from, limit, quote, to }, transaction }) => {
  const rows = await listFxRates(transaction, { base, quote }, { from, to: readDay(cursor) ?? to }, limit + 1)
  return ok(pageByDay(rows, limit, presentFxRate))
})
