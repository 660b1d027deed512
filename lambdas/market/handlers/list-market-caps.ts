import { listMarketCaps } from '../../../db/queries/market/corporate-actions.ts'
import { ok, serve } from '../../runtime/serve.ts'
import { requireInstrument } from '../lookups.ts'
import { pageByDay, readDay } from '../place-cursor.ts'
import { presentMarketCap } from '../present.ts'
import { marketRoutes } from '../routes.ts'

export const handler = serve(marketRoutes['list-market-caps'], async ({ params, query: { cursor, from, limit, to }, transaction }) => {
  const instrument = await requireInstrument(transaction, params.symbol)
  const rows = await listMarketCaps(transaction, instrument.id, { from: readDay(cursor) ?? from, to }, limit + 1)
  return ok(pageByDay(rows, limit, presentMarketCap))
})
